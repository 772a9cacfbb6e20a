package dev.cortado.system.stores;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.cortado.system.servers.HostTools;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** What curl is answered by a server of this host. */
record CurlVisit(int port) {
    private static final int PATIENCE_SECONDS = 120;

    /** The answer's head and content, with what differs from one server to another left out. */
    String get(String path, String... options) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of(options));
        words.add("--include");
        String answer = new String(bytes(path, words.toArray(String[]::new)), ISO_8859_1);
        String told = path + " " + List.of(options) + ":\n" + answer;
        return told.replaceAll("(?m)^Date: [^\r]*\r\n", "")
                .replaceAll("W/\"[^\"]*\"", "a tag")
                .replaceAll("(boundary=|--)[0-9a-z]{20,}", "$1boundary")
                .replaceAll("(/\">[^<]*</a>.*\"size\">)[^&]*", "$1a directory's")
                .replace(":" + port, ":port");
    }

    /** A file's tag. */
    String tag(String path) throws IOException, InterruptedException {
        String head = new String(bytes(path, "--head"), ISO_8859_1);
        return head.lines()
                .filter(line -> line.startsWith("ETag: "))
                .map(line -> line.substring(line.indexOf(' ') + 1))
                .findFirst()
                .orElseThrow();
    }

    /** The content alone. */
    byte[] bytes(String path, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(HostTools.find("curl", Path.of("/usr/bin"), Path.of("/bin")));
        command.addAll(List.of("--silent", "--show-error"));
        command.addAll(List.of("--max-time", String.valueOf(PATIENCE_SECONDS)));
        command.addAll(List.of(options));
        command.add("http://127.0.0.1:" + port + path);
        Process process =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        byte[] answer = process.getInputStream().readAllBytes();
        if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new AssertionError(command + " failed");
        }
        return answer;
    }
}
