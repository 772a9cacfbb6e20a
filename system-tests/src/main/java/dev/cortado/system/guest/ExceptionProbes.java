package dev.cortado.system.guest;

import java.util.List;
import java.util.Map;

/** Exceptions: those of the language, and what an uncaught one looks like. */
final class ExceptionProbes {
    private ExceptionProbes() {}

    static Map<String, Probes.Probe> all() {
        return Map.of("language", arguments -> language(), "uncaught", arguments -> uncaught());
    }

    private static void language() {
        expect(NullPointerException.class, () -> length(null));
        expect(ArithmeticException.class, () -> divide(1, 0));
        expect(ArrayIndexOutOfBoundsException.class, () -> at(new int[2], 2));
        expect(NegativeArraySizeException.class, () -> at(new int[lengthOf("") - 1], 0));
        expect(ClassCastException.class, () -> length((String) boxed(7)));
        expect(ArrayStoreException.class, () -> store(new Integer[1], "text"));
        Probes.check(divide(Integer.MIN_VALUE, -1) == Integer.MIN_VALUE, "overflow");
        System.out.println("all exceptions thrown");
    }

    private static void expect(Class<? extends Exception> kind, Runnable code) {
        try {
            code.run();
        } catch (Exception e) {
            Probes.check(kind.isInstance(e), e + " instead of " + kind);
            return;
        }
        Probes.check(false, "no " + kind);
    }

    private static int length(String text) {
        return text.length();
    }

    private static int lengthOf(String text) {
        return text.length();
    }

    private static Object boxed(int value) {
        return value;
    }

    private static int divide(int a, int b) {
        return a / b;
    }

    private static int at(int[] numbers, int index) {
        return numbers[index];
    }

    private static void store(Object[] array, Object value) {
        array[0] = value;
    }

    private static void uncaught() {
        try {
            List.of(3, 2, 1).forEach(ExceptionProbes::failAtOne);
        } catch (IllegalStateException e) {
            throw new IllegalArgumentException("wrapped", e);
        }
    }

    private static void failAtOne(int number) {
        if (number == 1) {
            throw new IllegalStateException("reached " + number);
        }
    }
}
