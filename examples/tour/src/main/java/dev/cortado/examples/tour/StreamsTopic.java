package dev.cortado.examples.tour;

import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Gatherers;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Pipelines: filtering, grouping, flattening, gathering and lazy, endless sources. */
final class StreamsTopic implements Topic {
    private record City(String name, String country, int thousands) {}

    private static final List<City> CITIES =
            List.of(
                    new City("Madrid", "Spain", 3_300),
                    new City("Bilbao", "Spain", 346),
                    new City("Porto", "Portugal", 232),
                    new City("Lisbon", "Portugal", 545),
                    new City("Vienna", "Austria", 1_980));

    @Override
    public String title() {
        return "Streams";
    }

    @Override
    public void show(PrintStream out) {
        Map<String, List<String>> byCountry =
                CITIES.stream()
                        .collect(
                                Collectors.groupingBy(
                                        City::country,
                                        TreeMap::new,
                                        Collectors.mapping(City::name, Collectors.toList())));
        out.println("by country: " + byCountry);
        out.println(
                "inhabitants: "
                        + CITIES.stream()
                                .collect(Collectors.summarizingInt(City::thousands))
                                .getSum());
        out.println(
                "large and small: "
                        + CITIES.stream()
                                .collect(
                                        Collectors.partitioningBy(
                                                city -> city.thousands() > 500,
                                                Collectors.mapping(
                                                        City::name, Collectors.joining("+")))));
        out.println(
                "powers of three: "
                        + Stream.iterate(1L, power -> power * 3)
                                .limit(12)
                                .map(String::valueOf)
                                .collect(Collectors.joining(", ", "[", "]")));
        out.println(
                "triples: "
                        + IntStream.rangeClosed(1, 30)
                                .boxed()
                                .flatMap(a ->
                                        IntStream.rangeClosed(a, 30).mapToObj(b -> triple(a, b)))
                                .filter(text -> !text.isEmpty())
                                .toList());
        out.println(
                "windows: "
                        + IntStream.range(0, 7).boxed().gather(Gatherers.windowFixed(3)).toList());
        out.println("average: " + IntStream.of(1, 2, 3, 5).average().orElseThrow());
    }

    private static String triple(int a, int b) {
        int square = a * a + b * b;
        int c = (int) Math.sqrt(square);
        return c * c == square && c <= 30 ? a + "-" + b + "-" + c : "";
    }
}
