package dev.cortado.examples.tour;

import java.io.PrintStream;
import java.util.List;
import java.util.TreeSet;

/** Records: equality, compact constructors, record patterns, local records. */
final class RecordsTopic implements Topic {
    record Point(int x, int y) implements Comparable<Point> {
        static final Point ORIGIN = new Point(0, 0);

        Point plus(Point other) {
            return new Point(x + other.x, y + other.y);
        }

        @Override
        public int compareTo(Point other) {
            int byX = Integer.compare(x, other.x);
            return byX != 0 ? byX : Integer.compare(y, other.y);
        }
    }

    record Segment(Point from, Point to) {}

    record Fraction(int numerator, int denominator) {
        Fraction {
            if (denominator == 0) {
                throw new IllegalArgumentException("denominator is zero");
            }
            int divisor = gcd(Math.abs(numerator), Math.abs(denominator));
            numerator /= divisor;
            denominator /= divisor;
        }

        private static int gcd(int a, int b) {
            return b == 0 ? a : gcd(b, a % b);
        }
    }

    @Override
    public String title() {
        return "Records";
    }

    @Override
    public void show(PrintStream out) {
        Point point = new Point(3, 4);
        out.println(point + " equals its copy: " + point.equals(new Point(3, 4)));
        out.println("hash codes agree: " + (point.hashCode() == new Point(3, 4).hashCode()));
        out.println("sum: " + point.plus(new Point(-1, 1)));
        out.println("ordered: " + new TreeSet<>(List.of(point, new Point(3, 1), Point.ORIGIN)));
        out.println("lowest terms: " + new Fraction(42, 56));
        try {
            out.println(new Fraction(1, 0));
        } catch (IllegalArgumentException e) {
            out.println("refused: " + e.getMessage());
        }
        Object segment = new Segment(Point.ORIGIN, point);
        if (segment instanceof Segment(Point(var x1, var y1), Point(var x2, var y2))) {
            out.println("length: " + Math.sqrt(square(x2 - x1) + square(y2 - y1)));
        }
    }

    private static int square(int value) {
        return value * value;
    }
}
