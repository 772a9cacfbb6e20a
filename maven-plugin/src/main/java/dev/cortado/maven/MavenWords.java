package dev.cortado.maven;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the image builder says, in the words of a pom: its messages name the options of the command
 * line, which nobody has who builds with Maven.
 */
final class MavenWords {
    private static final Map<String, String> PARAMETERS = new LinkedHashMap<>();

    static {
        PARAMETERS.put("class-path", "the dependencies");
        PARAMETERS.put("main-class", "<mainClass>");
        PARAMETERS.put("output", "<image>");
        PARAMETERS.put("target", "<targets>");
        PARAMETERS.put("format", "<formats>");
        PARAMETERS.put("optimize", "<optimization>");
        PARAMETERS.put("compiler-argument", "<compilerArguments>");
        PARAMETERS.put("ignore-native-code", "<ignoreNativeCode>");
        PARAMETERS.put("no-library-metadata", "<libraryMetadata>");
        PARAMETERS.put("jdk", "<jdk>");
        PARAMETERS.put("verbose", "-Dcortado.verbose");
        PARAMETERS.put("on", "-Dcortado.on");
        PARAMETERS.put("connect", "-Dcortado.connect");
        PARAMETERS.put("machine", "-Dcortado.machine");
        PARAMETERS.put("memory", "-Dcortado.memory");
        PARAMETERS.put("cpus", "-Dcortado.cpus");
        PARAMETERS.put("accelerator", "-Dcortado.accelerator");
        PARAMETERS.put("monitor", "-Dcortado.monitor");
        PARAMETERS.put("timeout", "-Dcortado.timeout");
        PARAMETERS.put("gdb-port", "-Dcortado.gdb.port");
        PARAMETERS.put("gdb", "-Dcortado.gdb");
        PARAMETERS.put("net", "-Dcortado.net");
        PARAMETERS.put("forward", "-Dcortado.forwards");
        PARAMETERS.put("mac", "-Dcortado.mac");
        PARAMETERS.put("address", "-Dcortado.address");
        PARAMETERS.put("capture", "-Dcortado.capture");
        PARAMETERS.put("name", "-Dcortado.guest");
        PARAMETERS.put("wait-for", "-Dcortado.waitFor");
        PARAMETERS.put("wait-timeout", "-Dcortado.waitTimeout");
        PARAMETERS.put("disk", "-Dcortado.disks");
        PARAMETERS.put("share", "-Dcortado.shares");
        // Of an image, <mounts>; of a guest, -Dcortado.run.mounts.
        PARAMETERS.put("mount", "mount");
        PARAMETERS.put("with-disks", "<withDisks>");
        PARAMETERS.put("configuration", "<configurationSources>");
    }

    /**
     * An option, but not one in quotes, which are somebody else's words; with the space behind it
     * if a value follows that somebody is to type.
     */
    private static final Pattern OPTION =
            Pattern.compile(
                    "(?<![\\w\"'-])--("
                            + String.join("|", PARAMETERS.keySet())
                            + ")(?![\\w-])(?: (?=qemu|xen|libvirt)|(?<=\\b(?:write|add|take)"
                            + " --[\\w-]{1,20}) )?");

    private MavenWords() {}

    /** The message with the plugin's parameters where it has options. */
    static String of(String message) {
        return OPTION.matcher(message)
                .replaceAll(option -> {
                    String parameter = PARAMETERS.get(option.group(1));
                    String end = option.group().endsWith(" ") ? separator(parameter) : "";
                    return Matcher.quoteReplacement(parameter + end);
                });
    }

    /** Between a parameter and its value. */
    private static String separator(String parameter) {
        return parameter.startsWith("-D") ? "=" : " ";
    }
}
