package dev.cortado.image.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the guest wrote to the status port before it stopped. */
public sealed interface GuestStatus {
    /** It ended of its own accord. */
    record Exited(int code) implements GuestStatus {}

    /** The kernel has found something wrong and stopped; the reason may be empty. */
    record Panicked(String reason) implements GuestStatus {}

    /** Its boot code found that it cannot start here, and said why. */
    record Unstartable(String reason) implements GuestStatus {}

    /** It stopped without a word. */
    record Unknown() implements GuestStatus {}

    /** Such as "exit 3". */
    Pattern EXIT = Pattern.compile("exit (-?\\d{1,10})\\s*");

    /** What the kernel has to say, then such as "panic 70". */
    Pattern PANIC = Pattern.compile("(?s)(.*)\npanic -?\\d{1,10}\\s*");

    /** How the boot code begins its only line. */
    String BOOT_FAILURE = "Cortado: ";

    /** The first line, once the guest takes input and its power button works. */
    String READY = "ready\n";

    /** The longest status that makes sense. */
    int LONGEST = 4096;

    /** What is known of the end of a guest that has not told. */
    @FunctionalInterface
    interface Hint {
        String words() throws InterruptedException;
    }

    /**
     * Says what there is to say of the guest's end.
     *
     * @param errors where
     * @param hint asked if the guest does not say itself
     * @return the guest's exit code, or what {@link Hypervisor} has for it
     */
    default int report(PrintStream errors, Hint hint) throws InterruptedException {
        return switch (this) {
            case Exited exited -> exited.code() & 0xFF;
            case Panicked panicked -> {
                String reason = panicked.reason();
                errors.println("cortado: image panicked" + (reason.isEmpty() ? "" : ": " + reason));
                yield Hypervisor.PANIC;
            }
            case Unstartable cause -> {
                errors.println("cortado: the guest could not start: " + cause.reason());
                yield Hypervisor.DIED;
            }
            case Unknown unknown -> {
                String words = hint.words();
                errors.println("cortado: the guest died without saying why (" + words + ")");
                yield Hypervisor.DIED;
            }
        };
    }

    /** Reads the file that QEMU has collected the port's bytes in. */
    static GuestStatus read(Path file) {
        try {
            if (Files.size(file) > LONGEST) {
                return new Unknown();
            }
            return of(Files.readString(file, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            return new Unknown();
        }
    }

    /** All that the guest has written, which is not longer than {@link #LONGEST}. */
    static GuestStatus of(String written) {
        String text = written.startsWith(READY) ? written.substring(READY.length()) : written;
        if (text.startsWith(BOOT_FAILURE)) {
            return new Unstartable(text.substring(BOOT_FAILURE.length()).strip());
        }
        Matcher exit = EXIT.matcher(text);
        if (exit.matches()) {
            return new Exited((int) Long.parseLong(exit.group(1)));
        }
        Matcher panic = PANIC.matcher(text);
        return panic.matches() ? new Panicked(printable(panic.group(1))) : new Unknown();
    }

    /** Whether the guest has come so far that it takes input and its power button works. */
    static boolean isReady(Path file) {
        try (InputStream status = Files.newInputStream(file)) {
            // A guest may write as much as it likes.
            byte[] first = status.readNBytes(READY.length());
            return new String(first, StandardCharsets.ISO_8859_1).equals(READY);
        } catch (IOException e) {
            return false;
        }
    }

    /** One line without control characters: a guest may have written anything. */
    private static String printable(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }
}
