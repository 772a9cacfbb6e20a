package dev.cortado.benchmarks;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a guest has measured: lines {@code FIGURE name number}, and {@code END} behind the last. */
final class Figures {
    private static final String MARK = "FIGURE";
    private static final String END = "END";

    private Figures() {}

    /**
     * Finds them among whatever else is on a console.
     *
     * @throws IllegalArgumentException with the console's last lines, if the guest did not get to
     *     the end
     */
    static Map<String, Double> parse(List<String> console) {
        Map<String, Double> figures = new LinkedHashMap<>();
        for (String line : console) {
            String[] words = line.strip().split(" ");
            if (words.length == 3 && words[0].equals(MARK)) {
                figures.put(words[1], Double.parseDouble(words[2]));
            } else if (words.length == 1 && words[0].equals(END)) {
                return figures;
            }
        }
        int first = Math.max(0, console.size() - 20);
        throw new IllegalArgumentException(
                "the guest has not come to its end:\n"
                        + String.join("\n", console.subList(first, console.size())));
    }
}
