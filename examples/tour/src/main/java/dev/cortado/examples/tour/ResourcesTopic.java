package dev.cortado.examples.tour;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Properties;

/** Files from the class path, which in an image are part of its heap. */
final class ResourcesTopic implements Topic {
    @Override
    public String title() {
        return "Resources";
    }

    @Override
    public void show(PrintStream out) throws IOException {
        try (InputStream stream = ResourcesTopic.class.getResourceAsStream("menu.txt");
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            int number = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                out.println(++number + ": " + line);
            }
        }
        Properties prices = new Properties();
        try (InputStream stream =
                ResourcesTopic.class
                        .getClassLoader()
                        .getResourceAsStream("dev/cortado/examples/tour/prices.properties")) {
            prices.load(stream);
        }
        out.println("a cortado is " + prices.getProperty("cortado"));
        out.println("prices: " + prices.stringPropertyNames().stream().sorted().toList());
        out.println("missing: " + ResourcesTopic.class.getResource("no-such-file.txt"));
    }
}
