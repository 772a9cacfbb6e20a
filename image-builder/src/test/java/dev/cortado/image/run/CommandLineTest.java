package dev.cortado.image.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class CommandLineTest {
    @Test
    void quotesWhereNeeded() {
        assertEquals("", CommandLine.of(List.of()));
        assertEquals("a -Db=c", CommandLine.of(List.of("a", "-Db=c")));
        assertEquals("\"a b\" \"\"", CommandLine.of(List.of("a b", "")));
        assertEquals("\"say \\\"hi\\\"\" \"\\\\\"", CommandLine.of(List.of("say \"hi\"", "\\")));
    }
}
