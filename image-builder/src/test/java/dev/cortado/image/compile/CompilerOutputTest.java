package dev.cortado.image.compile;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.cortado.image.progress.ProgressEvent;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CompilerOutputTest {
    private final List<ProgressEvent> events = new ArrayList<>();

    @Test
    void tellsOfAStepAsSoonAsItBegins() throws IOException {
        List<Integer> eventsSeen = new ArrayList<>();
        String beginning = "[2/8] Performing analysis...";
        Reader reader =
                new Reader() {
                    private int part;

                    @Override
                    public int read(char[] buffer, int offset, int length) {
                        eventsSeen.add(events.size());
                        String text =
                                switch (part++) {
                                    case 0 -> beginning;
                                    case 1 -> "  [*****]   (27.3s @ 1.46GB)\n";
                                    default -> "";
                                };
                        text.getChars(0, text.length(), buffer, offset);
                        return text.isEmpty() ? -1 : text.length();
                    }

                    @Override
                    public void close() {}
                };
        follow(reader);
        assertEquals(List.of(0, 1, 2), eventsSeen);
        assertEquals(new ProgressEvent.Step("Performing analysis", 2, 8), events.getFirst());
    }

    @Test
    void passesWarningsOn() throws IOException {
        follow(new StringReader("Warning: something is odd\r\nno newline at the end"));
        assertEquals(
                List.of(
                        new ProgressEvent.Warning("something is odd"),
                        new ProgressEvent.Output("Warning: something is odd"),
                        new ProgressEvent.Output("no newline at the end")),
                events);
    }

    @Test
    void findsTheErrorMessageAmongTheOutput() throws IOException {
        assertFailure(
                "Classes that should be initialized at run time got initialized: a.B was; a.C was",
                """
                [1/8] Initializing...
                Error: Classes that should be initialized at run time got initialized:
                 a.B was
                 a.C was

                com.oracle.svm.core.util.UserError$UserException: and so on
                    at some.Where(Some.java:1)
                """);
        assertFailure("no method", "x\nFatal error: no method\n    at a.B.c(B.java:1)\n");
        assertFailure(
                "Found 54 violations; - first",
                "  The build process encountered an unexpected error:\n\n"
                        + "  > com.oracle.svm.core.util.VMError$HostedError: Found 54 violations\n"
                        + "  - first\n");
    }

    @Test
    void emptyLinesAroundAnOptionAreWithinTheMessage() throws IOException {
        assertFailure(
                "Class initialization of a.B failed. Use the option"
                        + " '--initialize-at-run-time=a.B' to request it at run time.",
                """
                Error: Class initialization of a.B failed. Use the option\s

                    '--initialize-at-run-time=a.B'

                 to request it at run time.

                com.oracle.svm.core.util.UserError$UserException: and so on
                """);
    }

    @Test
    void saysWhereAnObjectIsThatCannotBeInAnImage() throws IOException {
        assertFailure(
                "An object of type 'a.B' was found in the image heap.; This is not allowed.; it was"
                        + " reached by scanning root a.B@1: x embedded in c.D.e(D.java:7): the class"
                        + " that holds it can be left to the guest (--initialize-at-run-time=CLASS)",
                """
                Error: An object of type 'a.B' was found in the image heap.
                This is not allowed.

                You now have two options to resolve this:

                  Object was reached by
                    scanning root a.B@1: x embedded in
                      c.D.e(D.java:7)
                    parsing method c.D.e(D.java:7) reachable via the parsing context
                """);
    }

    @Test
    void showsTheLastLinesIfThereIsNoErrorMessage() throws IOException {
        assertFailure("b; c; d", "a\nb\n\nc\nd\n");
        assertFailure("", "");
    }

    private void assertFailure(String expected, String output) throws IOException {
        assertEquals(expected, follow(new StringReader(output)).failure());
    }

    private CompilerOutput follow(Reader reader) throws IOException {
        CompilerOutput output = new CompilerOutput(events::add);
        output.follow(reader);
        return output;
    }
}
