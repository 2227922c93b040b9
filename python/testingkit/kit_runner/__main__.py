"""Serves the Python kit to the coordinator: ``python -m testingkit.kit_runner``."""

from testingkit import __version__
from testingkit.kit_runner import services
from testingkit.runner import Runner

if __name__ == "__main__":
    kit = Runner("python", version=__version__)
    services.add_to(kit)
    kit.serve()
