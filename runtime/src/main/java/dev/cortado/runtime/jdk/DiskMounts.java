package dev.cortado.runtime.jdk;

import dev.cortado.kernel.machine.LastTasks;
import dev.cortado.kernel.machine.Machine;
import dev.cortado.runtime.disk.GuestDisks;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.mount.Disk;
import dev.cortado.runtime.file.mount.Ext4Kind;
import dev.cortado.runtime.file.mount.FileSystemKind;
import dev.cortado.runtime.file.mount.FolderKind;
import dev.cortado.runtime.file.mount.MountException;
import dev.cortado.runtime.file.mount.MountPlan;
import dev.cortado.runtime.file.mount.MountSet;
import dev.cortado.runtime.file.mount.MountSpec;
import dev.cortado.runtime.file.mount.Mounter;
import dev.cortado.runtime.file.mount.ReadOnlyKind;
import dev.cortado.runtime.file.mount.TmpfsKind;
import dev.cortado.runtime.file.tree.FileTree;
import dev.cortado.runtime.jdk.map.MappedAccess;
import dev.cortado.runtime.random.HardwareRandom;
import dev.cortado.runtime.share.GuestShares;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Mounts file systems of disks and folders that the host shares, and takes care of them: all is
 * committed every few seconds, and unmounted when the program has ended.
 */
final class DiskMounts extends PlannedMounts {
    /** As Linux's ext4 has it (mount option commit). */
    private static final long COMMIT_SECONDS = 5;

    /** All file systems of disks together keep so much of their metadata in it. */
    private static final int SHARE_OF_HEAP = 16;

    private final List<ReadOnlyKind> others;
    private final MountSet mounted = new MountSet(MountConsole::line);

    /**
     * @param built what is mounted if nobody else says anything
     * @param configured what the sources of configuration say; null in images that ask none
     * @param others what can be mounted beside ext4 and tmpfs
     */
    DiskMounts(List<MountSpec> built, ConfiguredFiles configured, List<ReadOnlyKind> others) {
        super(built, configured);
        this.others = List.copyOf(others);
    }

    @Override
    public void mount(FileTree tree) throws MountException {
        MountPlan plan = plan();
        List<Disk> disks = plan.needsDisks() ? GuestDisks.all(MountConsole::line) : List.of();
        LastTasks.add(this::unmount);
        new Mounter(tree, disks, kinds(plan), mounted, MountConsole::line).mount(plan);
        if (!plan.specs().isEmpty()) {
            Thread.ofPlatform().daemon().name("file commits").start(this::commit);
        }
    }

    private List<FileSystemKind> kinds(MountPlan plan) {
        long metadata = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
        List<FileSystemKind> kinds = new ArrayList<>(others);
        kinds.add(
                new Ext4Kind(
                        metadata / Math.max(1, plan.specs().size()),
                        GuestCacheMemory::new,
                        GuestFiles::nanos,
                        HardwareRandom.POOL::next,
                        MountConsole::line,
                        DiskMounts::panic));
        GuestShares shares = new GuestShares(MountConsole::line);
        kinds.add(FolderKind.ninep(shares::find, MountConsole::line));
        kinds.add(FolderKind.virtiofs(shares::find, MountConsole::line));
        kinds.add(new TmpfsKind(GuestFiles.temporaryBytes(), GuestFiles::nanos));
        return kinds;
    }

    private static void panic(String why) {
        for (byte character : why.getBytes(StandardCharsets.UTF_8)) {
            Machine.explain(character);
        }
        Machine.panic();
    }

    private void unmount() {
        flushMappings();
        mounted.unmount();
    }

    private static void flushMappings() {
        try {
            MappedAccess.flush();
        } catch (FileException e) {
            MountConsole.line("not all of a mapped file was written: " + e.getMessage());
        }
    }

    private void commit() {
        while (true) {
            try {
                TimeUnit.SECONDS.sleep(COMMIT_SECONDS);
                flushMappings();
                mounted.commit();
            } catch (InterruptedException e) {
                // Nobody has a reason to.
            } catch (RuntimeException | Error e) {
                // There may be memory again the next time.
                MountConsole.line("not all was committed: " + e);
            }
        }
    }
}
