package dev.cortado.runtime.jdk;

import com.oracle.svm.core.jdk.RuntimeSupport;
import dev.cortado.runtime.configuration.BootConfiguration;
import dev.cortado.runtime.configuration.CombinedConfiguration;
import dev.cortado.runtime.configuration.ConfigurationSummary;
import dev.cortado.runtime.configuration.Sourced;
import dev.cortado.runtime.configuration.guest.ConfigurationSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Asks the sources of configuration before main, and before anything is mounted. What is no good is
 * said and left out; where the image was built so, the program does not start then.
 */
final class ConfigurationBeforeMain implements RuntimeSupport.Hook {
    /** What a JVM returns that cannot be created. */
    private static final int EXIT_CODE = 1;

    private final List<ConfigurationSource> sources;
    private final boolean isStrict;
    private final ConfiguredFiles files;
    private boolean hasProblems;

    /**
     * @param sources those that count more come first
     * @param isStrict whether nothing may be left out
     */
    ConfigurationBeforeMain(
            List<ConfigurationSource> sources, boolean isStrict, ConfiguredFiles files) {
        this.sources = List.copyOf(sources);
        this.isStrict = isStrict;
        this.files = files;
    }

    @Override
    public void execute(boolean isFirstIsolate) {
        List<BootConfiguration> found = new ArrayList<>();
        for (ConfigurationSource source : sources) {
            found.addAll(source.read(this::problem));
        }
        CombinedConfiguration configuration = new CombinedConfiguration(found);
        files.set(configuration.mounts(), configuration.files());
        if (hasProblems && isStrict) {
            ConfigurationConsole.line("not all can be done, and the image was built to want it");
            System.exit(EXIT_CODE);
        }
        ConfigurationSummary summary = ProgramStart.give(configuration);
        summary.add("file", "files", files.files().stream().map(Sourced::source).toList());
        ConfigurationConsole.line(summary.toString());
    }

    private void problem(String line) {
        hasProblems = true;
        ConfigurationConsole.line(line);
    }
}
