package dev.cortado.system.xen.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * What scripts/xen-run runs: boots an image as a domU, with its console on standard input and
 * output.
 */
public final class XenRun {
    private static final Duration PATIENCE =
            Duration.ofSeconds(Integer.getInteger("cortado.xen.timeout", 120));

    private XenRun() {}

    /** Arguments: the lab's directory, pv, pvh or hvm, the image, lines of the configuration. */
    public static void main(String[] arguments) {
        List<String> words = List.of(arguments);
        DomainType type = DomainType.valueOf(words.get(1).toUpperCase(Locale.ROOT));
        DomainConfiguration configuration =
                new DomainConfiguration(type, Path.of(words.get(2)).toAbsolutePath());
        for (String line : words.subList(3, words.size())) {
            String[] setting = line.split("=", 2);
            if (setting[0].equals("cmdline")) {
                // A disk has it too, where xl knows no such line.
                configuration.arguments(setting[1].replaceAll("^'|'$", ""));
            } else {
                configuration.set(setting[0], setting[1]);
            }
        }
        try (XenHost host = XenLab.in(Path.of(words.getFirst())).start()) {
            System.exit(run(host, configuration));
        }
    }

    private static int run(XenHost host, DomainConfiguration configuration) {
        try {
            Domain domain = host.create(configuration);
            Thread keyboard = new Thread(() -> type(domain), "keyboard");
            keyboard.setDaemon(true);
            keyboard.start();
            Thread screen = new Thread(() -> show(domain), "screen");
            screen.setDaemon(true);
            screen.start();
            EndReason reason = domain.awaitEnd(PATIENCE);
            screen.interrupt();
            screen.join();
            System.err.println("\nended by " + reason);
            if (reason == EndReason.POWEROFF) {
                return 0;
            }
        } catch (AssertionError e) {
            System.err.println("\n" + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        System.err.println(host.report());
        return 1;
    }

    /** Shows what comes, and when interrupted the rest. */
    private static void show(Domain domain) {
        int shown = 0;
        boolean more = true;
        while (more) {
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                more = false;
            }
            String console = domain.console();
            System.out.print(console.substring(shown));
            System.out.flush();
            shown = console.length();
        }
    }

    private static void type(Domain domain) {
        byte[] keys = new byte[1024];
        try {
            int count = System.in.read(keys);
            if (count < 0) {
                return;
            }
            try (Terminal terminal = domain.terminal()) {
                while (count >= 0) {
                    terminal.type(new String(keys, 0, count, StandardCharsets.ISO_8859_1));
                    count = System.in.read(keys);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
