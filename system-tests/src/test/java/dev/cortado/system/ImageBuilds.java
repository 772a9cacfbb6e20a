package dev.cortado.system;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/**
 * Builds of images, some of them done before a test asks for them: a compiler keeps one processor
 * busy for minutes, and so does a guest.
 */
public final class ImageBuilds {
    private static final Map<List<String>, FutureTask<Outcome>> AHEAD = new LinkedHashMap<>();

    private ImageBuilds() {}

    /** Begins to run these commands, one after the other, beside the tests. */
    public static synchronized void ahead(List<List<String>> commands) {
        for (List<String> command : commands) {
            AHEAD.put(command, new FutureTask<>(() -> Cortado.command("", command)));
        }
        List<FutureTask<Outcome>> tasks = new ArrayList<>(AHEAD.values());
        Thread.ofPlatform()
                .daemon()
                .name("images ahead")
                .start(() -> tasks.forEach(FutureTask::run));
    }

    /** What became of a build: of the one that was done ahead, the first time. */
    static Outcome run(List<String> command) {
        FutureTask<Outcome> task = take(command);
        if (task == null) {
            return Cortado.command("", command);
        }
        // Here and now, if nobody has begun with it.
        task.run();
        try {
            return task.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private static synchronized FutureTask<Outcome> take(List<String> command) {
        return AHEAD.remove(command);
    }
}
