package dev.cortado.system.libraries;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.util.List;
import java.util.Map;

/** Objects to JSON and back. */
final class JacksonPart {
    private JacksonPart() {}

    /** What an order consists of. */
    public record Item(String name, int count) {}

    /** An order. */
    public record Order(String customer, List<Item> items, Map<String, Double> prices) {}

    static void run() throws Exception {
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        Order order =
                new Order(
                        "Ada",
                        List.of(new Item("espresso", 2), new Item("caf\u00e9", 1)),
                        Map.of("espresso", 2.5));
        String text = mapper.writeValueAsString(order);
        System.out.println(text);
        System.out.println(mapper.readValue(text, Order.class).equals(order));
        JsonNode tree = mapper.readTree("{\"a\": [1, 2.5, null, true], \"b\": {\"c\": \"d\"}}");
        System.out.println(tree.at("/a/1").asDouble() + " " + tree.path("b").get("c").asText());
        try {
            mapper.readTree("{\"a\": ");
        } catch (Exception e) {
            System.out.println(e.getClass().getSimpleName());
        }
    }
}
