package dev.cortado.examples.tour;

import java.io.PrintStream;

/** Text blocks: indentation, escapes, and values put in afterwards. */
final class TextBlocksTopic implements Topic {
    @Override
    public String title() {
        return "Text blocks";
    }

    @Override
    public void show(PrintStream out) {
        out.print(
                """
                {
                  "drink": "cortado",
                  "parts": [1, 1],
                  "note": "espresso \\ milk, \"half\" and half"
                }
                """);
        out.println(
                """
                one line, \
                written as two; trailing space kept:\s|
                	and a tab, \t twice\
                """);
        out.print(
                """
                Dear %s,
                    your %s is ready.
                """
                        .formatted("Ada", "cortado"));
    }
}
