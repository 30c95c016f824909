"""Random weapon-target instances in the text form of `redan assign`: values 1 to 99, probabilities uniform."""

import random
import sys


def main() -> None:
    path, weapons, targets, rounds, low, high, seed = sys.argv[1:8]
    draw = random.Random(int(seed))
    with open(path, "w", encoding="ascii") as file:
        print(weapons, targets, rounds, file=file)
        for _ in range(int(targets)):
            print(draw.randint(1, 99), file=file)
        for weapon in range(int(weapons)):
            for target in range(int(targets)):
                print(weapon, target, f"{draw.uniform(float(low), float(high)):.12f}", file=file)


if __name__ == "__main__":
    main()
