package dev.cortado.benchmarks;

/**
 * How much is measured: what {@code ./bench -Dcortado.bench.seconds=1 -Dcortado.bench.runs=1} makes
 * less, to see that a benchmark works.
 */
final class Rounds {
    private Rounds() {}

    /** For a figure that is a rate; the usual time if nobody has said otherwise. */
    static int seconds(int usual) {
        return Integer.getInteger("cortado.bench.seconds", usual);
    }

    /** Whose median is a figure. */
    static int runs(int usual) {
        return Integer.getInteger("cortado.bench.runs", usual);
    }
}
