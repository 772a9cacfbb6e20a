package dev.cortado.image.cli;

import dev.cortado.image.build.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code cortado version}. */
@Command(
        name = "version",
        description = "Shows the versions of Cortado and of what it works with.",
        mixinStandardHelpOptions = true)
final class VersionCommand implements Runnable {
    @Spec private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().getOut().println(text());
        spec.commandLine().getOut().flush();
    }

    private static String text() {
        return "Cortado %s (GraalVM compiler %s; running on Java %s, %s)"
                .formatted(
                        Version.cortado(),
                        Version.graalvm(),
                        Runtime.version(),
                        System.getProperty("java.vendor"));
    }

    /** For {@code --version}. */
    static final class Provider implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {text()};
        }
    }
}
