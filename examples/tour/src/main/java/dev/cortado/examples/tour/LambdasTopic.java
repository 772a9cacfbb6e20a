package dev.cortado.examples.tour;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntUnaryOperator;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Lambdas and method references: composed, captured, curried and memorised. */
final class LambdasTopic implements Topic {
    @Override
    public String title() {
        return "Lambdas";
    }

    @Override
    public void show(PrintStream out) {
        Function<Integer, Integer> twice = x -> 2 * x;
        Function<Integer, Integer> next = x -> x + 1;
        out.println(
                "compose: " + twice.compose(next).apply(5) + " " + twice.andThen(next).apply(5));

        Function<Integer, Function<Integer, Integer>> curried = a -> b -> a * 10 + b;
        out.println("curried: " + curried.apply(4).apply(2));

        BiFunction<String, Integer, String> repeat = String::repeat;
        Function<String, StringBuilder> builder = StringBuilder::new;
        out.println("references: " + repeat.andThen(builder).apply("ha", 3).reverse());

        List<Supplier<String>> later = new ArrayList<>();
        for (String word : List.of("one", "two", "three")) {
            later.add(() -> word + "!");
        }
        out.println("captured: " + later.stream().map(Supplier::get).toList());

        UnaryOperator<String> shout = String::toUpperCase;
        out.println("optional: " + Optional.of("quiet").map(shout).filter(s -> s.length() > 3));
        out.println("fibonacci: " + IntFunctions.applyTimes(new Fibonacci()::step, 20, 0));
    }

    /** A lambda's target that keeps state between calls. */
    private static final class Fibonacci {
        private int previous = 1;

        int step(int current) {
            int sum = current + previous;
            previous = current;
            return sum;
        }
    }

    private static final class IntFunctions {
        static int applyTimes(IntUnaryOperator operator, int times, int start) {
            int value = start;
            for (int i = 0; i < times; i++) {
                value = operator.applyAsInt(value);
            }
            return value;
        }
    }
}
