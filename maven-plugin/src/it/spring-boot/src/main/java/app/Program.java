package app;

import org.apache.commons.lang3.StringUtils;

class Program {
    private final String name;

    Program(String name) {
        this.name = name;
    }

    /** Inherited by the main class, and no static one: JLS 25, section 12.1.4. */
    void main() throws Exception {
        System.out.println("hello from " + StringUtils.reverse(name));
        try (var in = Main.class.getResourceAsStream("/greeting.txt")) {
            System.out.print("resource: " + new String(in.readAllBytes()));
        }
        Object found =
                Class.forName(name.replace("niam", "app.Found")).getConstructor().newInstance();
        System.out.println("by its name: " + found);
    }
}
