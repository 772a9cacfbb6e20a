package dev.cortado.benchmarks;

import java.util.List;

/** What stands for several measurements. */
final class Medians {
    private Medians() {}

    /**
     * The one in the middle, the higher of two; NaN, which is no measurement, counts as highest.
     */
    static double of(List<Double> values) {
        return values.stream().sorted().skip(values.size() / 2).findFirst().orElseThrow();
    }
}
