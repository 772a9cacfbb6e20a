package dev.cortado.runtime.jdk;

import dev.cortado.boot.layout.KernelWords;
import dev.cortado.kernel.start.CommandLine;
import dev.cortado.runtime.file.mount.MountException;
import dev.cortado.runtime.file.mount.MountPlan;
import dev.cortado.runtime.file.mount.MountSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What is to be mounted: what the command line says, or else what the sources of configuration say,
 * or else what the image was built with. Folders that the host shares come beside that.
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
        List<MountSpec> said = new ArrayList<>();
        List<MountSpec> shares = new ArrayList<>();
        boolean isReplacing = false;
        for (String word : CommandLine.mountWords()) {
            String text =
                    new String(word.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
                            .substring(KernelWords.MOUNT.length());
            MountSpec spec = text.equals(NONE) ? null : MountSpec.parse(text, COMMAND_LINE);
            if (spec != null && spec.isShare()) {
                shares.add(spec);
            } else {
                isReplacing = true;
                said.addAll(Stream.ofNullable(spec).toList());
            }
        }
        plan = new MountPlan(beside(chosen(isReplacing ? said : null), shares));
    }

    /**
     * @param said null if the command line has not a word
     */
    private List<MountSpec> chosen(List<MountSpec> said) throws MountException {
        if (configured != null) {
            return configured.mounts(said, built);
        }
        return said == null ? built : said;
    }

    /** A folder that the host shares comes in the place of another mount only on its path. */
    private static List<MountSpec> beside(List<MountSpec> chosen, List<MountSpec> shares) {
        List<MountSpec> all = new ArrayList<>(chosen);
        all.removeIf(each -> shares.stream().anyMatch(other -> other.path().equals(each.path())));
        all.addAll(shares);
        return all;
    }

    @Override
    public final boolean covers(String path) {
        return plan != null && plan.covers(path);
    }
}
