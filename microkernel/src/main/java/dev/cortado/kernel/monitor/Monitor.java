package dev.cortado.kernel.monitor;

import org.graalvm.nativeimage.Platform;
import org.graalvm.nativeimage.Platforms;

/**
 * From a key to a command. Which keys come here, and which are the program's, the console decides.
 */
public final class Monitor {
    /** Ctrl-\: the same as the letter below, but without a prompt. */
    private static final char DUMP_KEY = 0x1c;

    private static final char DUMP_LETTER = 'd';
    private static final char OPEN_KEY = 0x14;
    private static final char CLOSE = 'q';
    private static final char HELP = '?';
    private static final String PROMPT = "monitor> ";
    private static final int DESCRIPTIONS = 4;

    private MonitorCommand[] commands = {};

    /**
     * Adds a command while the image is built; the help shows them in the order of their letters.
     */
    @Platforms(Platform.HOSTED_ONLY.class)
    public void add(MonitorCommand command) {
        if (find(command.key()) != null || command.key() == CLOSE || command.key() == HELP) {
            throw new IllegalArgumentException("two monitor commands '" + command.key() + "'");
        }
        MonitorCommand[] more = new MonitorCommand[commands.length + 1];
        int i = 0;
        while (i < commands.length && commands[i].key() < command.key()) {
            more[i] = commands[i];
            i++;
        }
        more[i] = command;
        System.arraycopy(commands, i, more, i + 1, commands.length - i);
        commands = more;
    }

    /** Does what a key asks for. */
    public void handle(char key, MonitorText text) {
        if (key == DUMP_KEY) {
            find(DUMP_LETTER).run(text);
            return;
        }
        if (key == OPEN_KEY) {
            text.line().text("Cortado's monitor: ? for help, q back to the program").line();
        } else if (key > ' ') {
            text.character(key).line();
            if (key == CLOSE) {
                return;
            }
            MonitorCommand command = find(key);
            if (command != null) {
                command.run(text);
            } else {
                help(text);
            }
        } else if (key != '\n') {
            return;
        }
        text.text(PROMPT).flush();
    }

    private void help(MonitorText text) {
        for (int i = 0; i < commands.length; i++) {
            text.character(commands[i].key()).column(DESCRIPTIONS);
            text.text(commands[i].description()).line();
        }
        text.text("q").column(DESCRIPTIONS).text("back to the program").line();
    }

    private MonitorCommand find(char key) {
        for (int i = 0; i < commands.length; i++) {
            if (commands[i].key() == key) {
                return commands[i];
            }
        }
        return null;
    }
}
