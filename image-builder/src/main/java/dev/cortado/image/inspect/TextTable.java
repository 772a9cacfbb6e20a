package dev.cortado.image.inspect;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Rows of text in columns as wide as need be; numbers to the right. */
public final class TextTable {
    private final List<List<String>> rows = new ArrayList<>();
    private final String alignments;

    /**
     * @param alignments a letter a column: 'l' or 'r'
     */
    public TextTable(String alignments, String... titles) {
        this.alignments = alignments;
        row(titles);
    }

    public void row(String... cells) {
        rows.add(List.of(cells));
    }

    @Override
    public String toString() {
        int[] widths = new int[alignments.length()];
        for (List<String> row : rows) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        return rows.stream().map(row -> line(row, widths)).collect(Collectors.joining());
    }

    private String line(List<String> row, int[] widths) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            String padding = " ".repeat(widths[i] - row.get(i).length());
            boolean right = alignments.charAt(i) == 'r';
            line.append("  ").append(right ? padding : "").append(row.get(i));
            line.append(right ? "" : padding);
        }
        return line.toString().stripTrailing() + "\n";
    }
}
