import { lazy, Suspense, useMemo, useRef, useState, type FormEvent } from 'react';
import { Box, Button, Flex, Typography } from '@strapi/design-system';
import { Play } from '@strapi/icons';
import type { Port, Run } from 'strapi-plugin-skills-shared/contracts';
import { PortField } from '../../../forms/port-field';
import { fieldsFrom, inputFrom, isNamed, type FieldProblem } from '../../../forms/port-model';
import { toFailure } from '../../../http/api-failure';
import { Loading } from '../../../ui/loading';
import { useT } from '../../../ui/use-t';
import { useStartRunMutation } from '../api';
import { runRequestBody } from './run-request';

const CodeEditor = lazy(async () => ({ default: (await import('../../../ui/code-editor')).CodeEditor }));

interface RunFormProps {
  skillId: string;
  inputs: readonly Port[];
  /** What the form begins with: the bundle's sample, or an earlier run's input. */
  initialInput: unknown;
  /** Why the version cannot be run now. */
  obstacle?: string;
  onStarted: (run: Run) => void;
}

/** Asks for the declared inputs, files included, or for the input as raw JSON. */
export function RunForm({ skillId, inputs, initialInput, obstacle, onStarted }: RunFormProps) {
  const t = useT();
  const [start, { isLoading, error }] = useStartRunMutation();
  const ports = useMemo(() => inputs.filter(isNamed), [inputs]);
  const [base, setBase] = useState(initialInput);
  const [fields, setFields] = useState(() => fieldsFrom(ports, initialInput));
  const [files, setFiles] = useState<Record<string, File | undefined>>({});
  const [problems, setProblems] = useState<Record<string, FieldProblem>>({});
  const [raw, setRaw] = useState(ports.length === 0);
  const [rawProblem, setRawProblem] = useState(false);
  const rawText = useRef(JSON.stringify(initialInput ?? {}, null, 2));
  const failure = error ? toFailure(error) : undefined;

  /** The input as it stands, or undefined when something about it must be mended first. */
  const readInput = (): { input: unknown } | undefined => {
    if (raw) {
      try {
        setRawProblem(false);
        return { input: JSON.parse(rawText.current) as unknown };
      } catch {
        setRawProblem(true);
        return undefined;
      }
    }
    const read = inputFrom(ports, fields, files, base);
    setProblems(read.problems);
    return Object.keys(read.problems).length > 0 ? undefined : { input: read.input };
  };
  const submit = async (event: FormEvent) => {
    event.preventDefault();
    const read = readInput();
    if (!read) return;
    const body = runRequestBody(read, files);
    const result = await start({ skillId, body });
    if ('data' in result && result.data) onStarted(result.data);
  };
  const toggleRaw = () => {
    if (!raw) {
      rawText.current = JSON.stringify(inputFrom(ports, fields, files, base).input, null, 2);
    } else {
      const read = readInput();
      if (!read) return;
      setBase(read.input);
      setFields(fieldsFrom(ports, read.input));
    }
    setRaw(!raw);
  };

  const shown = raw ? ports.filter(({ type }) => type === 'file') : ports;
  return (
    <form onSubmit={submit} noValidate>
      <Flex direction="column" alignItems="stretch" gap={4}>
        {ports.length === 0 && <Typography textColor="neutral600">{t('run-form.undeclared')}</Typography>}
        {raw && (
          <Box>
            <Box
              height="24rem"
              borderColor={rawProblem ? 'danger600' : 'neutral200'}
              hasRadius
              overflow="hidden"
            >
              <Suspense fallback={<Loading />}>
                <CodeEditor
                  documentKey="input"
                  path="input.json"
                  initialText={rawText.current}
                  readOnly={false}
                  label={t('run-form.raw')}
                  onChange={(text) => {
                    rawText.current = text;
                  }}
                />
              </Suspense>
            </Box>
            {rawProblem && (
              <Typography variant="pi" textColor="danger600" role="alert">
                {t('form.problem.json')}
              </Typography>
            )}
          </Box>
        )}
        {shown.map((port) => (
          <PortField
            key={port.name}
            port={port}
            value={fields[port.name]}
            problem={problems[port.name]}
            onChange={(value) => setFields((all) => ({ ...all, [port.name]: value }))}
            onFile={(file) => setFiles((all) => ({ ...all, [port.name]: file }))}
          />
        ))}
        {(obstacle ?? failure) && (
          <Typography textColor="danger600" role="alert" style={{ overflowWrap: 'anywhere' }}>
            {obstacle ?? failure?.message}
          </Typography>
        )}
        <Flex gap={2} wrap="wrap">
          <Button type="submit" startIcon={<Play />} loading={isLoading} disabled={obstacle !== undefined}>
            {t('run-form.start')}
          </Button>
          {ports.length > 0 && (
            <Button variant="tertiary" onClick={toggleRaw}>
              {t(raw ? 'run-form.fields' : 'run-form.raw')}
            </Button>
          )}
        </Flex>
      </Flex>
    </form>
  );
}
