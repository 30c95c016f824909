"""Executes a notebook in its folder and fails where a cell does. Its outputs are thrown away."""

import sys
from pathlib import Path

import nbformat
from nbclient import NotebookClient


def main(file: Path) -> None:
    notebook = nbformat.read(file, as_version=4)
    for cell in notebook.cells:
        if cell.cell_type == "code" and cell.outputs:
            sys.exit(f"{file} was committed with outputs\nhint: clear them before you save it")
    resources = {"metadata": {"path": str(file.parent)}}
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources=resources).execute()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
