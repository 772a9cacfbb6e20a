package dev.cortado.image.cli;

import dev.cortado.image.environment.EnvironmentReader;
import dev.cortado.image.environment.EnvironmentVariables;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options about environment variables. */
final class EnvironmentOptions {
    @Option(
            names = "--env",
            paramLabel = "NAME=VALUE",
            description =
                    "An environment variable of the program; can be repeated. At build, what the"
                            + " image has unless somebody says otherwise when it boots: anybody who"
                            + " has the image can read the value. At run, NAME alone takes the value"
                            + " of this command's own environment.")
    private List<String> words = new ArrayList<>();

    @Option(
            names = "--env-file",
            paramLabel = "FILE",
            description =
                    "Environment variables from a file, a line each, as docker run has them; those"
                            + " of --env count more. Can be repeated.")
    private List<Path> files = new ArrayList<>();

    EnvironmentVariables forBuild() {
        return EnvironmentReader.forBuild(words, files);
    }

    EnvironmentVariables forRun(Map<String, String> host) {
        return EnvironmentReader.forRun(words, files, host);
    }
}
