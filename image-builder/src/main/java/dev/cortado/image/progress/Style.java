package dev.cortado.image.progress;

import java.util.Map;

/**
 * How text is set off.
 *
 * @param terminal whether a line can be written over
 * @param colours whether escape sequences for colours are welcome
 */
public record Style(boolean terminal, boolean colours) {
    /** For logs and files. */
    public static final Style PLAIN = new Style(false, false);

    /**
     * What the environment asks for, if the output goes to a terminal: see https://no-color.org.
     */
    public static Style of(boolean isTerminal, Map<String, String> environment) {
        boolean dumb = "dumb".equals(environment.get("TERM"));
        boolean terminal = isTerminal && !dumb;
        boolean noColour = !environment.getOrDefault("NO_COLOR", "").isEmpty();
        return new Style(terminal, terminal && !noColour);
    }

    public String bold(String text) {
        return escape("1", text);
    }

    public String faint(String text) {
        return escape("2", text);
    }

    public String red(String text) {
        return escape("31", text);
    }

    public String green(String text) {
        return escape("32", text);
    }

    public String yellow(String text) {
        return escape("33", text);
    }

    private String escape(String code, String text) {
        return colours ? "\033[" + code + "m" + text + "\033[0m" : text;
    }
}
