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
import dev.cortado.runtime.file.mount.ReadOnlyKind;
import dev.cortado.runtime.file.mount.TmpfsKind;
import dev.cortado.runtime.file.tree.FileTree;
import dev.cortado.runtime.jdk.map.MappedAccess;
import dev.cortado.runtime.random.HardwareRandom;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Mounts what the command line says, or else what the image was built with, and takes care of it:
 * all is committed every few seconds, and unmounted when the program has ended.
 */
final class DiskMounts implements StartMounts {
    /** As Linux's ext4 has it (mount option commit). */
    private static final long COMMIT_SECONDS = 5;

    /** All file systems of disks together keep so much of it in memory. */
    private static final int SHARE_OF_HEAP = 4;

    private static final String NONE = "none";
    private static final String COMMAND_LINE = "the command line";

    private final List<MountSpec> built;
    private final List<ReadOnlyKind> others;
    private final MountSet mounted = new MountSet(MountConsole::line);
    private volatile MountPlan plan;

    /**
     * @param built what is mounted if the command line says nothing
     * @param others what can be mounted beside ext4 and tmpfs
     */
    DiskMounts(List<MountSpec> built, List<ReadOnlyKind> others) {
        this.built = List.copyOf(built);
        this.others = List.copyOf(others);
    }

    @Override
    public void prepare() throws MountException {
        List<String> words = CommandLine.mountWords();
        List<MountSpec> specs = new ArrayList<>();
        for (String word : words) {
            String text =
                    new String(word.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8)
                            .substring(KernelWords.MOUNT.length());
            if (!text.equals(NONE)) {
                specs.add(MountSpec.parse(text, COMMAND_LINE));
            }
        }
        plan = new MountPlan(words.isEmpty() ? built : specs);
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
        List<FileSystemKind> kinds = new ArrayList<>(others);
        kinds.add(
                new Ext4Kind(
                        memory / Math.max(1, plan.specs().size()),
                        GuestFiles::nanos,
                        HardwareRandom.POOL::next,
                        MountConsole::line,
                        DiskMounts::panic));
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
