package dev.cortado.examples.tour;

import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Exceptions: causes, suppressed ones, finally, and those that the machine itself throws. */
final class ExceptionsTopic implements Topic {
    /** Says when it is closed, and fails at it when told to. */
    private record Door(PrintStream out, String name, boolean stuck) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            out.println("closing the " + name);
            if (stuck) {
                throw new IOException("the " + name + " is stuck");
            }
        }
    }

    @Override
    public String title() {
        return "Exceptions";
    }

    @Override
    public void show(PrintStream out) {
        try {
            order("decaf");
        } catch (IllegalStateException e) {
            e.printStackTrace(out);
        }
        try {
            leave(out);
        } catch (IOException e) {
            out.println(e.getMessage() + ", suppressed: " + e.getSuppressed()[0].getMessage());
        }
        out.println("finally: " + withFinally());
        for (int fault = 0; fault < 6; fault++) {
            try {
                fail(fault, new int[3]);
            } catch (RuntimeException e) {
                out.println(e.getClass().getName() + ": " + e.getMessage());
            }
        }
        out.println("depth is bounded: " + overflows());
    }

    private static void order(String drink) {
        try {
            brew(drink);
        } catch (UncheckedIOException e) {
            throw new IllegalStateException("cannot serve " + drink, e);
        }
    }

    private static void brew(String drink) {
        try {
            grind(drink);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot brew", e);
        }
    }

    private static void grind(String drink) throws IOException {
        throw new IOException("no beans for " + drink);
    }

    private static void leave(PrintStream out) throws IOException {
        try (Door _ = new Door(out, "front door", true);
                Door _ = new Door(out, "kitchen door", false)) {
            throw new IOException("forgot the keys");
        }
    }

    private static String withFinally() {
        StringBuilder order = new StringBuilder();
        try {
            order.append("try ");
            throw new IllegalArgumentException();
        } catch (IllegalArgumentException e) {
            order.append("catch ");
        } finally {
            order.append("finally");
        }
        return order.toString();
    }

    private static void fail(int fault, int[] numbers) {
        switch (fault) {
            case 0 -> numbers[3] = 1;
            case 1 -> numbers[0] = numbers[1] / numbers[2];
            case 2 -> numbers = new int[numbers[0] - 1];
            case 3 -> Integer.parseInt("4_2");
            case 4 -> "short".substring(numbers[0] + 9);
            default -> Objects.requireNonNull(null, "no text");
        }
    }

    private static boolean overflows() {
        try {
            return descend(0) < 0;
        } catch (StackOverflowError e) {
            return true;
        }
    }

    private static int descend(int depth) {
        return descend(depth + 1) + 1;
    }
}
