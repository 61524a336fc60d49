import { useFormatter } from "next-intl";

const STEP = 1024;
const UNITS = ["byte", "kilobyte", "megabyte"] as const;

/** So many bytes, in words of the reader's language. */
export function useSizeText(): (bytes: number) => string {
  const format = useFormatter();
  return (bytes) => {
    const step = bytes < STEP ? 0 : bytes < STEP * STEP ? 1 : 2;
    return format.number(bytes / STEP ** step, {
      style: "unit",
      unit: UNITS[step] ?? "byte",
      unitDisplay: step === 0 ? "long" : "short",
      maximumFractionDigits: 1,
    });
  };
}
