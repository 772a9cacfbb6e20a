package dev.cortado.benchmarks.guest;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Writes 10 MiB of lines to its console, for {@code ./bench console}. */
public final class ConsoleGuest {
    /** How much that is. */
    public static final int BYTES = 10 << 20;

    /** Before and behind the lines. */
    public static final String BEGIN = "BEGIN";

    public static final String END = "END";

    private static final int LINE_BYTES = 64;
    private static final int LINES_AT_ONCE = 64;

    private ConsoleGuest() {}

    /** Writes it. */
    public static void main(String[] arguments) {
        byte[] lines =
                ("x".repeat(LINE_BYTES - 1) + "\n")
                        .repeat(LINES_AT_ONCE)
                        .getBytes(StandardCharsets.US_ASCII);
        PrintStream console = System.out;
        console.println(BEGIN);
        for (int written = 0; written < BYTES; written += lines.length) {
            console.write(lines, 0, lines.length);
        }
        console.println(END);
    }
}
