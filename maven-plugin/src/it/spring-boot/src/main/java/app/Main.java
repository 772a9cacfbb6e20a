package app;

import org.apache.commons.lang3.StringUtils;

public class Main {
    public static void main(String[] arguments) throws Exception {
        String name = "niam";
        System.out.println("hello from " + StringUtils.reverse(name));
        try (var in = Main.class.getResourceAsStream("/greeting.txt")) {
            System.out.print("resource: " + new String(in.readAllBytes()));
        }
        Object found =
                Class.forName(name.replace("niam", "app.Found")).getConstructor().newInstance();
        System.out.println("by its name: " + found);
    }
}
