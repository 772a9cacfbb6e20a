package dev.cortado.runtime.jdk;

import dev.cortado.boot.layout.KernelWords;
import dev.cortado.kernel.start.CommandLine;
import dev.cortado.runtime.file.mount.MountException;
import dev.cortado.runtime.file.mount.MountPlan;
import dev.cortado.runtime.file.mount.MountSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What is to be mounted: what the command line says, or else what the sources of configuration say,
 * or else what the image was built with.
 */
abstract class PlannedMounts implements StartMounts {
    private static final String NONE = "none";
    private static final String COMMAND_LINE = "the command line";

    private final List<MountSpec> built;
    private final ConfiguredFiles configured;
    private volatile MountPlan plan;

    /**
     * @param configured null in images that ask no source of configuration
     */
    PlannedMounts(List<MountSpec> built, ConfiguredFiles configured) {
        this.built = List.copyOf(built);
        this.configured = configured;
    }

    MountPlan plan() {
        return plan;
    }

    @Override
    public final void prepare() throws MountException {
        List<MountSpec> said = said(CommandLine.mountWords());
        if (configured != null) {
            plan = new MountPlan(configured.mounts(said, built));
        } else {
            plan = new MountPlan(said == null ? built : said);
        }
    }

    /** Null if there is not a word. */
    private static List<MountSpec> said(List<String> words) throws MountException {
        if (words.isEmpty()) {
            return null;
        }
        List<MountSpec> specs = new ArrayList<>();
        for (String word : words) {
            String text =
                    new String(word.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
                            .substring(KernelWords.MOUNT.length());
            if (!text.equals(NONE)) {
                specs.add(MountSpec.parse(text, COMMAND_LINE));
            }
        }
        return specs;
    }

    @Override
    public final List<String> rootDirectories() {
        return plan == null ? List.of() : plan.directoriesOfRoot();
    }

    @Override
    public final boolean covers(String path) {
        return plan != null && plan.covers(path);
    }
}
