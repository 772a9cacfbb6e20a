package dev.cortado.image.run;

import dev.cortado.boot.layout.KernelWords;
import dev.cortado.image.UserError;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The command line that a guest gets from its boot loader: words with spaces between them, first
 * those for the kernel. A word with spaces in it stands in double quotes, and there a backslash
 * goes before a double quote and before a backslash.
 */
final class CommandLine {
    private CommandLine() {}

    static String of(List<String> words) {
        return words.stream().map(CommandLine::quote).collect(Collectors.joining(" "));
    }

    /** For a guest at whose console is this program. */
    static String of(RunRequest request) {
        return of(request, List.of());
    }

    /** The same, with words about devices, which the program does not see. */
    static String of(RunRequest request, List<String> devices) {
        return of(
                Stream.of(kernelWords(request, devices), request.arguments())
                        .flatMap(List::stream)
                        .toList());
    }

    /**
     * What is behind {@link #beforeModule} where both together are too long for the loaders: what
     * there may be much of.
     */
    static String ofModule(RunRequest request) {
        List<String> words = new ArrayList<>(request.environment().words());
        words.add(KernelWords.END);
        words.addAll(request.arguments());
        return of(words);
    }

    /** What loaders get then: the kernel's other words, and those about devices. */
    static String beforeModule(RunRequest request, List<String> devices) {
        List<String> words = new ArrayList<>(kernelWords(request, devices));
        words.removeAll(request.environment().words());
        words.remove(KernelWords.END);
        return of(words);
    }

    /** What the kernel is told, and the end of that. */
    static List<String> kernelWords(RunRequest request) {
        List<String> words = new ArrayList<>();
        words.add(KernelWords.FRAMED_CONSOLE);
        if (request.monitor()) {
            words.add(KernelWords.MONITOR_ON);
        }
        request.disks().mounts().forEach(mount -> words.add(KernelWords.MOUNT + mount));
        request.shares().mounts().forEach(mount -> words.add(KernelWords.MOUNT + mount));
        words.addAll(request.environment().words());
        words.add(KernelWords.END);
        return words;
    }

    /**
     * The same, with words about devices: those for the kernel before the end, the others behind
     * it, where loaders put them as well.
     */
    static List<String> kernelWords(RunRequest request, List<String> devices) {
        List<String> words = kernelWords(request);
        for (String device : devices) {
            boolean isKernels = device.startsWith(KernelWords.PREFIX);
            words.add(isKernels ? words.indexOf(KernelWords.END) : words.size(), device);
        }
        return words;
    }

    /** With the kernel's words before a line that is there already, which may have some. */
    static String before(String line, RunRequest request, List<String> devices) {
        List<String> words = kernelWords(request, devices);
        if (line.startsWith(KernelWords.PREFIX) || line.startsWith("\"" + KernelWords.PREFIX)) {
            words.remove(KernelWords.END);
        }
        return of(words) + " " + line;
    }

    static int bytes(String line) {
        return line.getBytes(StandardCharsets.UTF_8).length;
    }

    /**
     * @param limit bytes that there is room for
     * @throws UserError if the line has more
     */
    static String require(String line, int limit) {
        if (bytes(line) > limit) {
            throw new UserError(
                    "the arguments and variables (--env) have %,d bytes with the spaces between them, and there is room for %,d: put some into a file or a resource of the program, or variables into the image (cortado build --env)"
                            .formatted(bytes(line), limit));
        }
        return line;
    }

    private static String quote(String word) {
        if (word.indexOf('\0') >= 0) {
            throw new UserError("an argument has a zero byte in it");
        }
        boolean plain =
                !word.isEmpty()
                        && word.chars()
                                .noneMatch(c -> Character.isWhitespace(c) || c == '"' || c == '\\');
        return plain ? word : "\"" + word.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
