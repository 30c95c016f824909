"""A table of what the programs printed, a name and millions a second on each line."""

import sys

speed = {name: float(figure) for name, figure in map(str.split, sys.stdin)}
print("Entity States, millions a second, one core\n")
print(f"{'':8}{'redan':>10}{'dis-rs':>10}{'opendis':>10}{'redan/dis-rs':>14}{'redan/opendis':>15}")
for work in ("encode", "decode"):
    redan, dis_rs, opendis = (speed[f"{who}_{work}"] for who in ("redan", "dis_rs", "opendis"))
    print(f"{work:8}{redan:10.2f}{dis_rs:10.2f}{opendis:10.4f}{redan / dis_rs:14.1f}{redan / opendis:15.0f}")
