package dev.cortado.runtime.jdk;

import dev.cortado.runtime.file.mount.MountException;
import dev.cortado.runtime.file.mount.MountSet;
import dev.cortado.runtime.file.mount.Mounter;
import dev.cortado.runtime.file.mount.TmpfsKind;
import dev.cortado.runtime.file.tree.FileTree;
import java.util.List;

/** Mounts file systems in memory, in images that ask sources of configuration and have no disks. */
final class MemoryMounts extends PlannedMounts {
    MemoryMounts(ConfiguredFiles configured) {
        super(List.of(), configured);
    }

    @Override
    public void mount(FileTree tree) throws MountException {
        if (plan().needsDisks()) {
            throw new MountException("the image mounts no disks; build it with --with-disks");
        }
        TmpfsKind kind = new TmpfsKind(GuestFiles.temporaryBytes(), GuestFiles::nanos);
        MountSet mounted = new MountSet(MountConsole::line);
        new Mounter(tree, List.of(), List.of(kind), mounted, MountConsole::line).mount(plan());
    }
}
