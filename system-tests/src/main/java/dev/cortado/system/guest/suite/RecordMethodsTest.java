package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * The methods that every record has. They consist of method handles, which are compiled with the
 * image: it has an interpreter for those that a program makes as it runs, and that one takes a
 * thousand times as long.
 */
final class RecordMethodsTest {
    private static final String INTERPRETER = "java.lang.invoke.LambdaForm";

    /** Part of a record, which sees who calls the methods of its parts. */
    private static final class Witness {
        private final int number;
        private List<String> callers = List.of();

        Witness(int number) {
            this.number = number;
        }

        private void look() {
            callers =
                    StackWalker.getInstance(Set.of(Option.SHOW_HIDDEN_FRAMES))
                            .walk(frames -> frames.map(StackFrame::getClassName).toList());
        }

        @Override
        public boolean equals(Object other) {
            look();
            return other instanceof Witness witness && witness.number == number;
        }

        @Override
        public int hashCode() {
            look();
            return number;
        }

        @Override
        public String toString() {
            look();
            return "witness " + number;
        }
    }

    private record Parts(long high, double low, Witness witness, String name) {}

    private static Parts parts(int number) {
        return new Parts(1, 2.5, new Witness(number), "a");
    }

    private static void assertCompiled(Parts parts) {
        List<String> callers = parts.witness().callers;
        assertFalse(callers.isEmpty(), "nobody has called it");
        assertFalse(callers.contains(INTERPRETER), callers::toString);
    }

    @Test
    void equalsIsCompiled() {
        Parts parts = parts(1);
        assertEquals(parts, parts(1));
        assertNotEquals(parts, parts(2));
        assertNotEquals(parts, new Parts(1, -0.0, parts.witness(), "a"));
        assertCompiled(parts);
    }

    @Test
    void hashCodeIsCompiled() {
        Parts parts = parts(3);
        assertEquals(parts(3).hashCode(), parts.hashCode());
        assertCompiled(parts);
    }

    @Test
    void toStringIsCompiled() {
        Parts parts = parts(4);
        assertEquals("Parts[high=1, low=2.5, witness=witness 4, name=a]", parts.toString());
        assertCompiled(parts);
    }
}
