package dev.cortado.runtime.file.mount;

import java.util.Comparator;
import java.util.List;

/** All that is to be mounted, in an order in which directories are there before what is in them. */
public final class MountPlan {
    /** More than anybody has disks for. */
    private static final int MOST_MOUNTS = 64;

    private final List<MountSpec> specs;

    /**
     * @throws MountException two are for the same path, or there are too many
     */
    public MountPlan(List<MountSpec> specs) throws MountException {
        if (specs.size() > MOST_MOUNTS) {
            throw new MountException("there are more than " + MOST_MOUNTS + " mounts");
        }
        for (int i = 0; i < specs.size(); i++) {
            for (MountSpec other : specs.subList(0, i)) {
                if (other.path().equals(specs.get(i).path())) {
                    throw new MountException(other.path() + " is said twice, by " + other.source());
                }
            }
        }
        this.specs = specs.stream().sorted(Comparator.comparingInt(MountSpec::depth)).toList();
    }

    public List<MountSpec> specs() {
        return specs;
    }

    /** Whether something is to be mounted at a path. */
    public boolean covers(String path) {
        return specs.stream().anyMatch(spec -> spec.path().equals(path));
    }

    /** Whether something is on a disk. */
    public boolean needsDisks() {
        return specs.stream().anyMatch(spec -> spec.device() != null && !spec.isShare());
    }
}
