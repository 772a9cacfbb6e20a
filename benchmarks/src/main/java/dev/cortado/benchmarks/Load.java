package dev.cortado.benchmarks;

import dev.cortado.system.TapNetwork;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What wrk measured.
 *
 * @param requests a second
 * @param slowest milliseconds that one request of a hundred took, or more
 */
record Load(double requests, double slowest) {
    private static final int CONNECTIONS = 16;
    private static final Pattern RATE = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern PERCENTILE = Pattern.compile("99%\\s+([0-9.]+)(us|ms|s|m)");

    /** Asks a guest for one page from many connections. */
    static Load of(TapNetwork network, String url, int seconds, String... headers)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("wrk", "-t1", "-c" + CONNECTIONS));
        command.addAll(List.of("-d" + seconds + "s", "--timeout", "20s", "--latency"));
        for (String header : headers) {
            command.addAll(List.of("-H", header));
        }
        command.add(url);
        String said = String.join("\n", Commands.lines(network.inside(command)));
        // The JDK's server does not say "close" itself, so that wrk takes each end for an error.
        if (said.contains("Non-2xx") || headers.length == 0 && said.contains("Socket errors")) {
            System.out.println(said);
        }
        return new Load(number(RATE, said), milliseconds(said));
    }

    private static double number(Pattern pattern, String said) throws IOException {
        Matcher matcher = pattern.matcher(said);
        if (!matcher.find()) {
            throw new IOException("wrk did not say " + pattern + ":\n" + said);
        }
        return Double.parseDouble(matcher.group(1));
    }

    private static double milliseconds(String said) throws IOException {
        Matcher matcher = PERCENTILE.matcher(said);
        if (!matcher.find()) {
            throw new IOException("wrk did not say how slow it was:\n" + said);
        }
        double value = Double.parseDouble(matcher.group(1));
        return switch (matcher.group(2)) {
            case "us" -> value / 1_000;
            case "ms" -> value;
            case "s" -> value * 1_000;
            default -> value * 60_000;
        };
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "%.0f requests/s, 99%% within %.1f ms", requests, slowest);
    }
}
