"""redan assign beside HiGHS and SCIP on the same instances, one core each, in the same run.

HiGHS solves the outer linearisation: survival is exp(-A) with A = sum of -ln(1-p) x, held up by tangents, first at a
grid and then at each solution, until both ends meet. SCIP takes the exponential as it is. Both are given the
time that is left of the limit. Usage: compare.py REDAN LIMIT_S FILE...
"""

import json
import math
import subprocess
import sys
import time

import highspy
import pyscipopt

LEAST_SURVIVAL = 1e-12


def read(path):
    with open(path, encoding="ascii") as file:
        words = iter(file.read().split())
    weapons, targets, rounds = (int(next(words)) for _ in range(3))
    values = [float(next(words)) for _ in range(targets)]
    steps = {}
    for word in words:
        pair = int(word), int(next(words))
        probability = float(next(words))
        if probability > 0:
            steps[pair] = -math.log(max(1 - probability, LEAST_SURVIVAL))
    return weapons, targets, rounds, values, steps


def ours(redan, path, limit):
    start = time.perf_counter()
    command = [redan, "assign", path, "--json", "--seconds", str(limit)]
    answer = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return answer["objective"], answer["bound"], time.perf_counter() - start


def scip(problem, limit):
    weapons, targets, rounds, values, steps = problem
    start = time.perf_counter()
    model = pyscipopt.Model()
    model.hideOutput()
    model.setParam("limits/time", limit)
    model.setParam("parallel/maxnthreads", 1)
    x = {pair: model.addVar(vtype="I", lb=0, ub=rounds) for pair in steps}
    left = [model.addVar(lb=0, ub=1) for _ in range(targets)]
    for target in range(targets):
        spent = pyscipopt.quicksum(s * x[p] for p, s in steps.items() if p[1] == target)
        total = model.addVar(lb=0, ub=60)
        model.addCons(total <= spent)
        model.addCons(left[target] >= pyscipopt.exp(-1 * total))
    for weapon in range(weapons):
        model.addCons(pyscipopt.quicksum(x[p] for p in steps if p[0] == weapon) <= rounds)
    model.setObjective(pyscipopt.quicksum(v * z for v, z in zip(values, left)), "minimize")
    model.optimize()
    # Its own objective may be too good by its tolerance: the assignment is counted again.
    counts = {p: round(model.getVal(x[p])) for p in steps} if model.getNSols() else {}
    return surviving(problem, counts), model.getDualbound(), time.perf_counter() - start


def surviving(problem, counts):
    _, targets, _, values, steps = problem
    spent = [0.0] * targets
    for pair, count in counts.items():
        spent[pair[1]] += steps[pair] * count
    return sum(v * math.exp(-a) for v, a in zip(values, spent))


def highs(problem, limit):
    weapons, targets, rounds, values, steps = problem
    start = time.perf_counter()
    model = highspy.Highs()
    model.setOptionValue("output_flag", False)
    model.setOptionValue("threads", 1)
    pairs = list(steps)
    column = {pair: targets + number for number, pair in enumerate(pairs)}
    for value in values:
        model.addVar(0, 1)
        model.changeColCost(model.getNumCol() - 1, value)
    for pair in pairs:
        model.addVar(0, rounds)
        model.changeColIntegrality(column[pair], highspy.HighsVarType.kInteger)
    for weapon in range(weapons):
        own = [column[p] for p in pairs if p[0] == weapon]
        model.addRow(-highspy.kHighsInf, rounds, len(own), own, [1.0] * len(own))
    of = [[p for p in pairs if p[1] == target] for target in range(targets)]

    def hold(target, at):
        height = math.exp(-at)
        columns = [target] + [column[p] for p in of[target]]
        slopes = [1.0] + [height * steps[p] for p in of[target]]
        model.addRow(height * (1 + at), highspy.kHighsInf, len(columns), columns, slopes)

    for target in range(targets):
        for at in (0, 0.5, 1, 1.5, 2, 3, 4, 6):
            hold(target, at)
    best, bound = sum(values), 0.0
    while time.perf_counter() - start < limit and best - bound > 1e-9 * best:
        model.setOptionValue("time_limit", model.getRunTime() + limit - (time.perf_counter() - start))
        model.run()
        bound = max(bound, model.getInfo().mip_dual_bound)
        solution = model.getSolution().col_value
        if not model.getSolution().value_valid:
            break
        counts = {p: round(solution[column[p]]) for p in pairs}
        best = min(best, surviving(problem, counts))
        for target in range(targets):
            hold(target, sum(steps[p] * counts[p] for p in of[target]))
    return best, bound, time.perf_counter() - start


def main():
    redan, limit, files = sys.argv[1], float(sys.argv[2]), sys.argv[3:]
    print(f"{'instance':24}{'solver':8}{'objective':>14}{'bound':>14}{'gap':>11}{'time':>9}  ratio of times")
    for path in files:
        problem = read(path)
        own = ours(redan, path, limit)
        rows = [("redan", own), ("HiGHS", highs(problem, limit)), ("SCIP", scip(problem, limit))]
        for name, (objective, bound, seconds) in rows:
            gap = max(0.0, (objective - bound) / objective) if objective > 0 else 0.0
            label = path.rsplit("/", 1)[-1] if name == "redan" else ""
            open_end = ">" if gap > 1e-6 else " "
            print(f"{label:24}{name:8}{objective:14.6f}{bound:14.6f}{gap:11.4%}{seconds:8.2f}s"
                  f" {open_end}{seconds / own[2]:.0f}", flush=True)


if __name__ == "__main__":
    main()
