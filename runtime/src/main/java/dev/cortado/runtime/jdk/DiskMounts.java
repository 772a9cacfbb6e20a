package dev.cortado.runtime.jdk;

import dev.cortado.boot.layout.KernelWords;
import dev.cortado.kernel.machine.LastTasks;
import dev.cortado.kernel.machine.Machine;
import dev.cortado.kernel.start.CommandLine;
import dev.cortado.runtime.disk.GuestDisks;
import dev.cortado.runtime.file.FileException;
import dev.cortado.runtime.file.imagefs.IndexWriter;
import dev.cortado.runtime.file.mount.Disk;
import dev.cortado.runtime.file.mount.Ext4Kind;
import dev.cortado.runtime.file.mount.FileSystemKind;
import dev.cortado.runtime.file.mount.MountException;
import dev.cortado.runtime.file.mount.MountPlan;
import dev.cortado.runtime.file.mount.MountSet;
import dev.cortado.runtime.file.mount.MountSpec;
import dev.cortado.runtime.file.mount.Mounter;
import dev.cortado.runtime.file.mount.NinepKind;
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
 * Mounts what the command line says, or else what the image was built with, and takes care of it:
 * all is committed every few seconds, and unmounted when the program has ended. Folders that the
 * host shares come beside what the image was built with.
 */
final class DiskMounts implements StartMounts {
    /** As Linux's ext4 has it (mount option commit). */
    private static final long COMMIT_SECONDS = 5;

    /** All file systems of disks together keep so much of it in memory. */
    private static final int SHARE_OF_HEAP = 4;

    private static final String NONE = "none";
    private static final String COMMAND_LINE = "the command line";

    private final List<MountSpec> built;
    private final MountSet mounted = new MountSet(MountConsole::line);
    private volatile MountPlan plan;

    /**
     * @param built what is mounted if the command line says nothing
     */
    DiskMounts(List<MountSpec> built) {
        this.built = List.copyOf(built);
    }

    @Override
    public void prepare() throws MountException {
        List<String> words = CommandLine.mountWords();
        List<MountSpec> specs = new ArrayList<>();
        boolean isReplacing = false;
        for (String word : words) {
            String text =
                    new String(word.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
                            .substring(KernelWords.MOUNT.length());
            if (!text.equals(NONE)) {
                specs.add(MountSpec.parse(text, COMMAND_LINE));
            }
            isReplacing |= text.equals(NONE) || !specs.getLast().isShare();
        }
        plan = new MountPlan(beside(specs, isReplacing));
    }

    /** A shared folder comes in the place of what the image was built with only on its path. */
    private List<MountSpec> beside(List<MountSpec> said, boolean isReplacing) {
        List<MountSpec> all = new ArrayList<>(isReplacing ? List.of() : built);
        all.removeIf(each -> said.stream().anyMatch(other -> other.path().equals(each.path())));
        all.addAll(said);
        return all;
    }

    @Override
    public byte[] rootIndex(String directory) {
        IndexWriter writer = new IndexWriter();
        writer.addDirectory(directory);
        if (plan != null) {
            plan.directoriesOfRoot().forEach(writer::addDirectory);
        }
        return writer.write(0);
    }

    @Override
    public boolean covers(String path) {
        return plan != null && plan.covers(path);
    }

    @Override
    public void mount(FileTree tree) throws MountException {
        List<Disk> disks = plan.needsDisks() ? GuestDisks.open(MountConsole::line) : List.of();
        LastTasks.add(this::unmount);
        new Mounter(tree, disks, kinds(), mounted, MountConsole::line).mount(plan);
        if (!plan.specs().isEmpty()) {
            Thread.ofPlatform().daemon().name("file commits").start(this::commit);
        }
    }

    private List<FileSystemKind> kinds() {
        long memory = Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP;
        return List.of(
                new Ext4Kind(
                        memory / Math.max(1, plan.specs().size()),
                        GuestFiles::nanos,
                        HardwareRandom.POOL::next,
                        MountConsole::line,
                        DiskMounts::panic),
                new NinepKind(new GuestShares(MountConsole::line)::find, MountConsole::line),
                new TmpfsKind(GuestFiles.temporaryBytes(), GuestFiles::nanos));
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
