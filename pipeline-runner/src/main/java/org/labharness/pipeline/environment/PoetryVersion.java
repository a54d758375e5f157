package org.labharness.pipeline.environment;

import org.labharness.pipeline.document.Doc;

/** Poetry's way of writing versions, as pip writes it. */
final class PoetryVersion {
    private PoetryVersion() {}

    /** {@code ^1.2} means at least 1.2 and below 2; {@code ~1.2} at least 1.2 and below 1.3. */
    static String requirement(String name, Doc declared) {
        String version = declared.string()
                .or(() -> declared.get("version").flatMap(Doc::string))
                .orElse("*")
                .strip();
        String number = version.replaceFirst("^[~^]", "").strip();
        if (version.equals("*") || number.isEmpty()) {
            return name;
        }
        if (version.startsWith("^")) {
            return name + ">=" + number + ",<" + bumped(number, firstNonZero(number));
        }
        if (version.startsWith("~") && !version.startsWith("~=")) {
            return name + ">=" + number + ",<" + bumped(number, number.contains(".") ? 1 : 0);
        }
        return Character.isDigit(version.charAt(0)) ? name + "==" + version : name + version;
    }

    private static int firstNonZero(String number) {
        String[] parts = number.split("\\.", -1);
        for (int i = 0; i < parts.length; i++) {
            if (!parts[i].equals("0")) {
                return i;
            }
        }
        return parts.length - 1;
    }

    private static String bumped(String number, int index) {
        String[] parts = number.split("\\.", -1);
        if (index >= parts.length || !parts[index].matches("[0-9]{1,8}")) {
            return number + ".9999";
        }
        StringBuilder bumped = new StringBuilder();
        for (int i = 0; i < index; i++) {
            bumped.append(parts[i]).append('.');
        }
        return bumped.append(Integer.parseInt(parts[index]) + 1).toString();
    }
}
