package dev.cortado.examples.tour;

import java.io.PrintStream;
import java.util.List;

/** A sealed hierarchy and the pattern switches that take it apart. */
final class SealedTypesTopic implements Topic {
    sealed interface Expression {}

    record Number(double value) implements Expression {}

    record Sum(Expression left, Expression right) implements Expression {}

    record Product(Expression left, Expression right) implements Expression {}

    record Negation(Expression operand) implements Expression {}

    @Override
    public String title() {
        return "Sealed types and pattern switches";
    }

    @Override
    public void show(PrintStream out) {
        Expression expression =
                new Sum(
                        new Product(new Number(2), new Number(3)),
                        new Negation(new Sum(new Number(0), new Number(1.5))));
        out.println(render(expression) + " = " + evaluate(expression));
        out.println("simplified: " + render(simplify(expression)));
        for (Object value : List.of(7, -7, "seven", 'c', 7.5, new int[] {1, 2, 3}, List.of())) {
            out.println(describe(value));
        }
        out.println(describe(null));
    }

    private static double evaluate(Expression expression) {
        return switch (expression) {
            case Number(double value) -> value;
            case Sum(var left, var right) -> evaluate(left) + evaluate(right);
            case Product(var left, var right) -> evaluate(left) * evaluate(right);
            case Negation(var operand) -> -evaluate(operand);
        };
    }

    private static Expression simplify(Expression expression) {
        return switch (expression) {
            case Sum(Number(double zero), var right) when zero == 0 -> simplify(right);
            case Sum(var left, var right) -> new Sum(simplify(left), simplify(right));
            case Product(var left, var right) -> new Product(simplify(left), simplify(right));
            case Negation(Negation(var operand)) -> simplify(operand);
            case Negation(var operand) -> new Negation(simplify(operand));
            case Number number -> number;
        };
    }

    private static String render(Expression expression) {
        return switch (expression) {
            case Number(double value) -> String.valueOf(value);
            case Sum(var left, var right) -> "(" + render(left) + " + " + render(right) + ")";
            case Product(var left, var right) -> render(left) + " * " + render(right);
            case Negation(var operand) -> "-" + render(operand);
        };
    }

    private static String describe(Object value) {
        return switch (value) {
            case null -> "nothing at all";
            case Integer i when i < 0 -> "a negative integer, " + i;
            case Integer i -> "an integer, " + i;
            case String s -> "a string of " + s.length() + " characters";
            case Character c -> "the character " + c;
            case int[] numbers -> "an array of " + numbers.length;
            case List<?> list when list.isEmpty() -> "an empty list";
            default -> "something else: " + value;
        };
    }
}
