package dev.cortado.image.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the guest wrote to the status port before it stopped. */
sealed interface GuestStatus {
    /** It ended of its own accord. */
    record Exited(int code) implements GuestStatus {}

    /** The kernel has found something wrong and stopped. */
    record Panicked(int code) implements GuestStatus {}

    /** It stopped without a word. */
    record Unknown() implements GuestStatus {}

    /** Such as "exit 3". */
    Pattern LINE = Pattern.compile("(exit|panic) (-?\\d{1,10})\\s*");

    /** The longest status that makes sense. */
    int LONGEST = 64;

    /** Reads the file that QEMU has collected the port's bytes in. */
    static GuestStatus read(Path file) {
        try {
            if (Files.size(file) > LONGEST) {
                return new Unknown();
            }
            Matcher line = LINE.matcher(Files.readString(file));
            if (!line.matches()) {
                return new Unknown();
            }
            int code = (int) Long.parseLong(line.group(2));
            return line.group(1).equals("exit") ? new Exited(code) : new Panicked(code);
        } catch (IOException e) {
            return new Unknown();
        }
    }
}
