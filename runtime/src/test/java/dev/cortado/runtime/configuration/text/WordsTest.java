package dev.cortado.runtime.configuration.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.cortado.runtime.configuration.Collected;
import dev.cortado.runtime.configuration.ConfigurationException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class WordsTest {
    @Test
    void wordsAreCutAsOnTheCommandLine() throws ConfigurationException {
        assertEquals(List.of(), Words.of(" \n\t "));
        assertEquals(List.of("a", "b c", "", "d\"e", "f"), Words.of("a \"b c\" \"\"\nd\\\"e\r\nf"));
        assertEquals(List.of("a\\"), Words.of("a\\"));
        assertThrows(ConfigurationException.class, () -> Words.of("a \"b"));
        assertThrows(ConfigurationException.class, () -> Words.of("a\0b"));
    }

    @Test
    void settingsAreLines() {
        Collected collected = new Collected();
        String text = "# comment\r\n\n a = b=c\nd=\nwrong\n=x\n";
        Settings.read(text, "place", collected.configuration::setVariable, collected.configuration);
        assertEquals(Map.of("a", " b=c", "d", ""), collected.build().environment());
        String why = " is no name, an equals sign and a value; left out";
        assertEquals(
                List.of("source: place, line 5:" + why, "source: place, line 6:" + why),
                collected.problems);
    }
}
