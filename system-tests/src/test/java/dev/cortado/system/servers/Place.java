package dev.cortado.system.servers;

import dev.cortado.system.Cortado;
import dev.cortado.system.Program;
import dev.cortado.system.Session;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a program runs.
 *
 * @param machine a machine of QEMU's, or {@code hotspot}
 */
public record Place(String machine, int cpus) {
    /** The JVM that runs this test. */
    public static final Place HOTSPOT = new Place("hotspot", 1);

    /** Where a guest listens. */
    private static final int GUEST_PORT = 8080;

    /** What a server says with its port before. */
    private static final String OPEN = " is open";

    private static final String MEMORY = "512M";

    /** Of {@code machine/cpus}. */
    public static Place parse(String text) {
        String[] parts = text.split("/", 2);
        return new Place(parts[0], Integer.parseInt(parts[1]));
    }

    /** The host that this test runs on, as a program there has to call it. */
    String host() {
        return isHotSpot() ? "127.0.0.1" : "10.0.2.2";
    }

    public boolean isHotSpot() {
        return machine.equals(HOTSPOT.machine);
    }

    /** Starts it with a port of its own choice, at which it says that it is listening. */
    Listening listen(Program program) {
        return listen(program, List.of());
    }

    /**
     * Starts it with a port of its own choice, at which it says that it is listening.
     *
     * @param options of a guest's machine
     * @param leading the arguments before the port
     */
    public Listening listen(Program program, List<String> options, String... leading) {
        List<String> arguments = new ArrayList<>(List.of(leading));
        arguments.add(isHotSpot() ? "0" : String.valueOf(GUEST_PORT));
        List<String> words = new ArrayList<>(options);
        words.addAll(List.of("--forward", "0:" + GUEST_PORT));
        Session session = start(program, words, arguments.toArray(String[]::new));
        try {
            String before = isHotSpot() ? OPEN : " -> port " + GUEST_PORT;
            int port = numberBefore(session.await(before), before);
            session.await(OPEN);
            return new Listening(session, port);
        } catch (AssertionError e) {
            session.close();
            throw e;
        }
    }

    /** Starts it with arguments. */
    Session start(Program program, String... arguments) {
        return start(program, List.of(), arguments);
    }

    /**
     * Starts it with arguments.
     *
     * @param options of a guest's machine
     */
    public Session start(Program program, List<String> options, String... arguments) {
        return isHotSpot()
                ? new Session(java(program, List.of(arguments)))
                : guest(program, options, arguments);
    }

    private static int numberBefore(String text, String end) {
        return Integer.parseInt(text.replaceAll("(?s).*\\D(\\d+)" + end, "$1"));
    }

    private static List<String> java(Program program, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-Xmx256m",
                        "-Dstdout.encoding=UTF-8",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        program.classPath(),
                        program.mainClass()));
        command.addAll(arguments);
        return command;
    }

    private Session guest(Program program, List<String> options, String... arguments) {
        List<String> words = new ArrayList<>(List.of("run", "--machine", machine));
        words.addAll(List.of("--cpus", String.valueOf(cpus), "--memory", MEMORY));
        words.addAll(options);
        words.addAll(List.of(program.imageFile("servers").toString(), "--"));
        words.addAll(List.of(arguments));
        return new Session(Cortado.commandLine(words));
    }

    @Override
    public String toString() {
        return machine + "/" + cpus;
    }
}
