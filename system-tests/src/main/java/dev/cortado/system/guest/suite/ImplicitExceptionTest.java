package dev.cortado.system.guest.suite;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Exceptions that the language throws by itself. */
final class ImplicitExceptionTest {
    private int field = 1;
    private long[] large = new long[2_000];

    private static <T> T nothing() {
        return null;
    }

    @Test
    void nothingHasNoField() {
        ImplicitExceptionTest none = nothing();
        NullPointerException e = assertThrows(NullPointerException.class, () -> none.read());
        assertNotNull(e.getStackTrace()[0]);
        assertThrows(NullPointerException.class, () -> none.field = 2);
        assertThrows(NullPointerException.class, () -> sum(none));
        assertEquals(1, read());
    }

    private int read() {
        return field;
    }

    private static long sum(ImplicitExceptionTest test) {
        return test.field + test.large[1];
    }

    @Test
    void nothingHasNoElements() {
        int[] none = nothing();
        assertThrows(NullPointerException.class, () -> element(none, 0));
        // Far from the address 0, were it not checked.
        assertThrows(NullPointerException.class, () -> element(none, 100_000_000));
        assertThrows(NullPointerException.class, () -> length(none));
        String text = nothing();
        assertThrows(NullPointerException.class, () -> text.length());
        Integer number = nothing();
        assertThrows(NullPointerException.class, () -> length(new int[number]));
    }

    private static int element(int[] array, int index) {
        return array[index];
    }

    private static int length(int[] array) {
        return array.length;
    }

    @Test
    void indexesHaveBounds() {
        int[] three = {1, 2, 3};
        for (int index : new int[] {-1, 3, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
            ArrayIndexOutOfBoundsException e =
                    assertThrows(ArrayIndexOutOfBoundsException.class, () -> element(three, index));
            assertEquals("Index " + index + " out of bounds for length 3", e.getMessage());
        }
        assertThrows(StringIndexOutOfBoundsException.class, () -> "abc".charAt(three[2]));
        assertThrows(IndexOutOfBoundsException.class, () -> List.of(1).get(three[0]));
        assertThrows(
                ArrayIndexOutOfBoundsException.class,
                () -> System.arraycopy(three, 1, new int[9], 0, 3));
    }

    @Test
    void kindsAreChecked() {
        Object number = Integer.valueOf(7);
        ClassCastException e =
                assertThrows(ClassCastException.class, () -> ((String) number).length());
        assertTrue(e.getMessage().contains("java.lang.Integer"), e.getMessage());
        Object[] integers = new Integer[1];
        assertThrows(ArrayStoreException.class, () -> integers[0] = "text");
    }

    @Test
    void theStackTraceNamesThePlace() {
        NullPointerException e = assertThrows(NullPointerException.class, () -> length(nothing()));
        StackTraceElement top = e.getStackTrace()[0];
        assertEquals("length", top.getMethodName());
        assertEquals("ImplicitExceptionTest.java", top.getFileName());
        assertTrue(top.getLineNumber() > 0);
    }

    @Test
    void everyThreadGetsItsOwn() throws InterruptedException {
        List<TestThread> threads =
                TestThread.startAll(
                        4,
                        () -> {
                            for (int i = 0; i < 500; i++) {
                                assertThrows(NullPointerException.class, () -> length(nothing()));
                                assertThrows(
                                        ArithmeticException.class,
                                        () -> element(new int[1], 1 / zero()));
                            }
                        });
        TestThread.finishAll(threads);
    }

    private static int zero() {
        return Integer.parseInt("0");
    }

    @Test
    void inAVirtualThread() throws InterruptedException {
        TestThread.start(
                        Thread.ofVirtual(),
                        () -> {
                            assertThrows(NullPointerException.class, () -> length(nothing()));
                            assertThrows(
                                    ArithmeticException.class, () -> element(null, 1 / zero()));
                        })
                .finish();
    }
}
