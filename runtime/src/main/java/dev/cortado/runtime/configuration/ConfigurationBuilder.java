package dev.cortado.runtime.configuration;

import dev.cortado.runtime.file.mount.MountException;
import dev.cortado.runtime.file.mount.MountSpec;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Collects what one source says, as far as it is any good, within {@link Limits}. */
public final class ConfigurationBuilder {
    private static final int LONGEST_PROBLEM = 400;

    /** A console may be slow: a document of nothing else would take it many minutes. */
    private static final int MOST_PROBLEMS = 256;

    private final String source;
    private final Consumer<String> problems;

    private final List<String> arguments = new ArrayList<>();
    private final Map<String, String> properties = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<InterfaceSettings> interfaces = new ArrayList<>();
    private final List<MountSpec> mounts = new ArrayList<>();
    private final List<ConfiguredFile> files = new ArrayList<>();

    private int problemCount;
    private long characters;
    private long fileBytes;

    /**
     * @param problems is told of all that is left out, a line each
     */
    public ConfigurationBuilder(String source, Consumer<String> problems) {
        this.source = source;
        this.problems = problems;
    }

    /** Something that adds to this, or finds out that it cannot. */
    public interface Step {
        void run() throws ConfigurationException;
    }

    /** Does something; if that fails, it is left out. */
    public void attempt(Step step) {
        try {
            step.run();
        } catch (ConfigurationException e) {
            problem(e.getMessage());
        }
    }

    /** Tells of something that is left out. */
    public void problem(String what) {
        problemCount++;
        if (problemCount <= MOST_PROBLEMS) {
            problems.accept(source + ": " + line(what) + "; left out");
        } else if (problemCount == MOST_PROBLEMS + 1) {
            problems.accept(source + ": more is left out, and too much to be said here");
        }
    }

    /** What is quoted may be anything: a line is one, and no book. */
    private static String line(String text) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < text.length() && i < LONGEST_PROBLEM; i++) {
            char character = text.charAt(i);
            line.append(Character.isISOControl(character) ? '?' : character);
        }
        return line + (text.length() > LONGEST_PROBLEM ? "..." : "");
    }

    public String source() {
        return source;
    }

    /** Adds an argument behind those that are there. */
    public void addArgument(String argument) throws ConfigurationException {
        requireRoom("arguments", arguments.size());
        take("an argument", argument);
        arguments.add(argument);
    }

    /** Sets a system property; the last one of a name counts. */
    public void setProperty(String name, String value) throws ConfigurationException {
        if (name.isEmpty()) {
            throw new ConfigurationException("a property without a name");
        }
        requireRoom("properties", properties.size());
        take("property " + name, name, value);
        properties.put(name, value);
    }

    /** Sets an environment variable; the last one of a name counts. */
    public void setVariable(String name, String value) throws ConfigurationException {
        if (name.isEmpty() || name.indexOf('=') >= 0) {
            throw new ConfigurationException('"' + name + "\" is no variable's name");
        }
        requireRoom("variables", environment.size());
        take("variable " + name, name, value);
        environment.put(name, value);
    }

    public void addInterface(InterfaceSettings settings) throws ConfigurationException {
        requireRoom("interfaces", interfaces.size());
        requireLine("interface " + settings.which(), settings.toString());
        take("interface " + settings.which(), settings.toString());
        interfaces.add(settings);
    }

    public void addMount(MountSpec mount) throws ConfigurationException {
        requireRoom("mounts", mounts.size());
        requireLine("the mount " + mount.path(), mount.toString());
        mounts.add(mount);
    }

    /** Adds a mount as the command line's word {@code cortado.mount=} has it. */
    public void addMount(String mount) throws ConfigurationException {
        try {
            addMount(MountSpec.parse(mount, source));
        } catch (MountException e) {
            throw new ConfigurationException(e.getMessage());
        }
    }

    public void addFile(ConfiguredFile file) throws ConfigurationException {
        if (files.size() >= Limits.FILES) {
            throw new ConfigurationException(
                    file.path() + ": there are more than " + Limits.FILES + " files");
        }
        if (file.content().length > Limits.FILE_BYTES - fileBytes) {
            throw new ConfigurationException(
                    file.path() + ": files of more than " + Limits.FILE_BYTES + " bytes");
        }
        fileBytes += file.content().length;
        files.add(file);
    }

    private static void requireRoom(String what, int count) throws ConfigurationException {
        if (count >= Limits.ENTRIES) {
            throw new ConfigurationException("more than " + Limits.ENTRIES + " " + what);
        }
    }

    /** Whoever uses it says so in a line on the console. */
    private static void requireLine(String what, String text) throws ConfigurationException {
        if (text.chars().anyMatch(Character::isISOControl)) {
            throw new ConfigurationException(what + " has a control character in it");
        }
    }

    private void take(String what, String... texts) throws ConfigurationException {
        for (String text : texts) {
            if (text.indexOf('\0') >= 0) {
                throw new ConfigurationException(what + " has a NUL in it");
            }
            if (text.length() > Limits.TEXT_CHARACTERS - characters) {
                throw new ConfigurationException(
                        what + ": more than " + Limits.TEXT_CHARACTERS + " characters in all");
            }
            characters += text.length();
        }
    }

    public BootConfiguration build() {
        return new BootConfiguration(
                source,
                List.copyOf(arguments),
                Collections.unmodifiableMap(new LinkedHashMap<>(properties)),
                Collections.unmodifiableMap(new LinkedHashMap<>(environment)),
                List.copyOf(interfaces),
                List.copyOf(mounts),
                List.copyOf(files));
    }
}
