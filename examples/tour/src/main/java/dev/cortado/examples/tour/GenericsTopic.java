package dev.cortado.examples.tour;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** Generic classes and methods, bounds, wildcards and bridge methods. */
final class GenericsTopic implements Topic {
    /** A ring that forgets its oldest element when it is full. */
    private static final class Ring<T> implements Iterable<T> {
        private final Object[] slots;
        private int written;

        Ring(int capacity) {
            slots = new Object[capacity];
        }

        void add(T element) {
            slots[written++ % slots.length] = element;
        }

        <R> Ring<R> map(Function<? super T, ? extends R> function) {
            Ring<R> result = new Ring<>(slots.length);
            for (T element : this) {
                result.add(function.apply(element));
            }
            return result;
        }

        @Override
        public Iterator<T> iterator() {
            return new Iterator<>() {
                private int position = Math.max(0, written - slots.length);

                @Override
                public boolean hasNext() {
                    return position < written;
                }

                @Override
                @SuppressWarnings("unchecked")
                public T next() {
                    if (!hasNext()) {
                        throw new NoSuchElementException();
                    }
                    return (T) slots[position++ % slots.length];
                }
            };
        }
    }

    private sealed interface Result<T> {
        record Success<T>(T value) implements Result<T> {}

        record Failure<T>(String reason) implements Result<T> {}

        default T orElse(T other) {
            return switch (this) {
                case Success<T>(T value) -> value;
                case Failure<T> _ -> other;
            };
        }
    }

    @Override
    public String title() {
        return "Generics";
    }

    @Override
    public void show(PrintStream out) {
        Ring<Integer> ring = new Ring<>(4);
        for (int i = 1; i <= 10; i++) {
            ring.add(i * i);
        }
        out.println(
                "ring: "
                        + toList(ring)
                        + ", in hexadecimal: "
                        + toList(ring.map(Integer::toHexString)));
        out.println("largest: " + largest(List.of("pear", "quince", "apple")));
        List<Number> numbers = new ArrayList<>();
        copy(List.of(1, 2, 3), numbers);
        copy(List.of(4.5), numbers);
        out.println("copied: " + numbers);
        out.println("parsed: " + parse("12").orElse(-1) + " " + parse("twelve").orElse(-1));
        out.println("why: " + parse("twelve"));
    }

    private static <T extends Comparable<? super T>> T largest(Collection<? extends T> values) {
        Iterator<? extends T> iterator = values.iterator();
        T best = iterator.next();
        while (iterator.hasNext()) {
            T candidate = iterator.next();
            best = candidate.compareTo(best) > 0 ? candidate : best;
        }
        return best;
    }

    private static <T> void copy(List<? extends T> source, List<? super T> target) {
        for (T element : source) {
            target.add(element);
        }
    }

    private static <T> List<T> toList(Iterable<T> elements) {
        List<T> list = new ArrayList<>();
        elements.forEach(list::add);
        return list;
    }

    private static Result<Integer> parse(String text) {
        try {
            return new Result.Success<>(Integer.parseInt(text));
        } catch (NumberFormatException e) {
            return new Result.Failure<>(e.getMessage());
        }
    }
}
