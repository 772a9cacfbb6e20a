package dev.cortado.kernel.substrate;

import dev.cortado.kernel.monitor.MonitorCommand;
import dev.cortado.kernel.monitor.MonitorText;

/** All Java threads, with or without their stacks. */
final class ThreadsCommand implements MonitorCommand {
    private final boolean stacks;

    ThreadsCommand(boolean stacks) {
        this.stacks = stacks;
    }

    @Override
    public char key() {
        return stacks ? 'd' : 't';
    }

    @Override
    public String description() {
        return stacks ? "thread dump, as Ctrl-\\ prints it" : "threads";
    }

    @Override
    public void run(MonitorText text) {
        try (CollectedText collected = new CollectedText()) {
            new ThreadDump(new MonitorText(collected), stacks).enqueue();
            collected.show(text);
        }
    }
}
