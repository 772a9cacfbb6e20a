package dev.cortado.benchmarks;

import java.util.List;
import java.util.Locale;

/**
 * One figure beside the peer's.
 *
 * @param judged the number that has to be at most {@code target}: the ratio, or our own figure
 * @param isLeast it has to be at least the target instead
 */
record Result(
        String name, double ours, double peer, double judged, double target, boolean isLeast) {
    private Result(String name, double ours, double peer, double judged, double target) {
        this(name, ours, peer, judged, target, false);
    }

    static Result ratio(String name, double ours, double peer, double target) {
        return new Result(name, ours, peer, ours / peer, target);
    }

    static Result absolute(String name, double ours, double peer, double target) {
        return new Result(name, ours, peer, ours, target);
    }

    /** At least so many times the peer's, where more is better. */
    static Result atLeast(String name, double ours, double peer, double target) {
        return new Result(name, ours, peer, ours / peer, target, true);
    }

    /** Beside a peer that is not to be beaten. */
    static Result comparison(String name, double ours, double peer) {
        return new Result(name, ours, peer, ours / peer, Double.NaN);
    }

    /** A figure that nothing is asked of. */
    static Result figure(String name, double ours) {
        return new Result(name, ours, Double.NaN, ours, Double.NaN);
    }

    boolean ok() {
        return Double.isNaN(target) || (isLeast ? judged >= target : judged <= target);
    }

    /** Prints a table for people and then a line a figure for programs. */
    static void print(String benchmark, List<Result> results) {
        System.out.println();
        line("%-24s %12s %12s %10s %10s  %s", benchmark, "ours", "peer", "ratio", "target", "");
        for (Result result : results) {
            line(
                    "%-24s %12s %12s %10s %10s  %s",
                    result.name,
                    number(result.ours),
                    number(result.peer),
                    number(result.ours / result.peer),
                    number(result.target),
                    result.verdict());
        }
        System.out.println();
        for (Result result : results) {
            line(
                    "RESULT %s %s %s %s %s %s",
                    result.name,
                    number(result.ours),
                    number(result.peer),
                    number(result.ours / result.peer),
                    number(result.target),
                    result.verdict());
        }
    }

    private String verdict() {
        return ok() ? "ok" : "short";
    }

    private static String number(double value) {
        return Double.isNaN(value)
                ? "-"
                : String.format(Locale.ROOT, Math.abs(value) < 10 ? "%.3f" : "%.1f", value);
    }

    private static void line(String format, Object... arguments) {
        System.out.println(String.format(Locale.ROOT, format, arguments).stripTrailing());
    }
}
