package dev.cortado.runtime.configuration.text;

import dev.cortado.runtime.configuration.ConfigurationException;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text into words as the kernel cuts its command line: white space parts them, double quotes
 * keep it, a backslash takes the next character as it is.
 */
public final class Words {
    private Words() {}

    /**
     * @throws ConfigurationException a quote has no end, or there is a NUL
     */
    public static List<String> of(String text) throws ConfigurationException {
        List<String> words = new ArrayList<>();
        StringBuilder word = null;
        boolean quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char value = text.charAt(i);
            boolean isSpace = value == ' ' || value == '\t' || value == '\n' || value == '\r';
            if (value == 0) {
                throw new ConfigurationException("there is a NUL in it");
            }
            if (isSpace && !quoted) {
                if (word != null) {
                    words.add(word.toString());
                    word = null;
                }
                continue;
            }
            word = word == null ? new StringBuilder() : word;
            if (value == '"') {
                quoted = !quoted;
            } else if (value == '\\' && i + 1 < text.length()) {
                word.append(text.charAt(++i));
            } else {
                word.append(value);
            }
        }
        if (quoted) {
            throw new ConfigurationException("a quote has no end");
        }
        if (word != null) {
            words.add(word.toString());
        }
        return words;
    }
}
