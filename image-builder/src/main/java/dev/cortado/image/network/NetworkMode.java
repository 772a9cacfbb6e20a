package dev.cortado.image.network;

import dev.cortado.image.UserError;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** What a guest's network card is connected to. */
public sealed interface NetworkMode {
    /** QEMU's own network: out of it as any program, into it by forwarded ports. */
    record User() implements NetworkMode {
        @Override
        public String toString() {
            return "user";
        }
    }

    /**
     * A tap device of the host, which somebody has made.
     *
     * @param name the interface's
     */
    record Tap(String name) implements NetworkMode {
        @Override
        public String toString() {
            return "tap=" + name;
        }
    }

    /** Nothing: there is no card. */
    record None() implements NetworkMode {
        @Override
        public String toString() {
            return "none";
        }
    }

    /** A Linux interface's name has room for so many bytes (IFNAMSIZ, without the 0). */
    int LONGEST_NAME = 15;

    String TAP = "tap=";

    /**
     * No slash or colon, as Linux wants it, and no comma, which QEMU would take for an option's.
     */
    Pattern NAME = Pattern.compile("[^\\s/:,\\p{Cntrl}]+");

    /**
     * Understands {@code user}, {@code tap=NAME} and {@code none}.
     *
     * @throws UserError if it is something else
     */
    static NetworkMode parse(String word) {
        String text = word.strip();
        if (text.equals("user")) {
            return new User();
        }
        if (text.equals("none")) {
            return new None();
        }
        if (!text.startsWith(TAP)) {
            throw new UserError(
                    "--net %s is no network: write user, tap=NAME or none".formatted(word));
        }
        String name = text.substring(TAP.length());
        boolean fits = name.getBytes(StandardCharsets.UTF_8).length <= LONGEST_NAME;
        if (!fits || !NAME.matcher(name).matches() || name.equals(".") || name.equals("..")) {
            throw new UserError(
                    "--net %s: \"%s\" cannot be the name of an interface: write for example tap=tap0"
                            .formatted(word, name));
        }
        return new Tap(name);
    }
}
