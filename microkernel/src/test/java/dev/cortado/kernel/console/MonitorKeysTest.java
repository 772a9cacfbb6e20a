package dev.cortado.kernel.console;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class MonitorKeysTest {
    private static final String DUMP = "\u001c";
    private static final String OPEN = "\u0014";
    private static final String END = "\u0004";

    private final MonitorKeys keys = new MonitorKeys();

    /** What of it the program gets. */
    private String program(String typed) {
        StringBuilder program = new StringBuilder();
        for (byte value : typed.getBytes(StandardCharsets.ISO_8859_1)) {
            if (!keys.takes(value)) {
                program.append((char) (value & 0xff));
            }
        }
        return program.toString();
    }

    @Test
    void allElseIsTheProgramsWithAllQuits() {
        String typed = "quit q\n\t?m\u00ff\u0094\u009c" + END;
        assertEquals(typed, program(typed));
    }

    @Test
    void dumpMayBeAskedForInTheMiddleOfALine() {
        assertEquals("line\n", program("li" + DUMP + "ne\n"));
    }

    @Test
    void monitorHasWhatIsTypedUntilItIsClosed() {
        assertEquals("ab", program("a" + OPEN + "m\n?\ni" + DUMP + "q" + "b"));
    }

    @Test
    void lineThatClosesTheMonitorIsWhollyTheMonitors() {
        assertEquals("a\n", program(OPEN + "\nm\nq\na\n"));
    }

    @Test
    void onlyTheFirstLineEndAfterClosingIsTheMonitors() {
        assertEquals("\n", program(OPEN + "q\n\n"));
        assertEquals("x\n", program(OPEN + "qx\n"));
        assertEquals("\n", program(OPEN + "q" + DUMP + "\n"));
    }

    @Test
    void canBeOpenedAgain() {
        assertEquals("ab", program(OPEN + "q" + "a" + OPEN + OPEN + "q" + "b"));
    }

    @Test
    void endOfInputIsTheProgramsAndClosesTheMonitor() {
        assertEquals(END + "q", program(OPEN + "m" + END + "q"));
    }
}
