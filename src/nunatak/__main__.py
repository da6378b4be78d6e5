"""`python -m nunatak`."""

from nunatak.cli.app import main

if __name__ == "__main__":
    main()
